"use client";

import Link from "next/link";
import { GatePage } from "@/components/layout/gate-page";

// Every page carries this along in case it is needed: as a reference, not as the markup of the framework's own page.
export default function Forbidden() {
  return (
    <GatePage title="This page is not for you" lead="You are signed in, but your account may not see what stands here.">
      <Link href="/" className="underline underline-offset-2">
        Go to your start page
      </Link>
    </GatePage>
  );
}
