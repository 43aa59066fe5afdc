"use client";

import { GatePage } from "@/components/layout/gate-page";

// Every page carries this along in case it is needed: as a reference, not as markup, and with a plain link, since each
// page of this kind would bring its own copy of the framework's.
export default function Forbidden() {
  return (
    <GatePage title="This page is not for you" lead="You are signed in, but your account may not see what stands here.">
      <a href="/" className="underline underline-offset-2">
        Go to your start page
      </a>
    </GatePage>
  );
}
