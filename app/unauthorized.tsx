"use client";

import Link from "next/link";
import { GatePage } from "@/components/layout/gate-page";

// Every page carries this along in case it is needed: as a reference, not as the markup of the framework's own page.
export default function Unauthorized() {
  return (
    <GatePage title="Please sign in" lead="What stands here is for people who are signed in.">
      <Link href="/login" className="underline underline-offset-2">
        Sign in
      </Link>
    </GatePage>
  );
}
