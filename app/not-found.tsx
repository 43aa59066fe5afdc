"use client";

// Every page carries this along in case it is needed: as a reference, not as markup.
import Link from "next/link";
import { GatePage } from "@/components/layout/gate-page";

export default function NotFound() {
  return (
    <GatePage title="There is nothing here" lead="The address is mistyped, or what stood here is gone.">
      <Link href="/" className="underline underline-offset-2">
        Go to your start page
      </Link>
    </GatePage>
  );
}
