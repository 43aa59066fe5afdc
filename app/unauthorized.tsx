"use client";

import { GatePage } from "@/components/layout/gate-page";

// Every page carries this along in case it is needed: as a reference, not as markup, and with a plain link, since each
// page of this kind would bring its own copy of the framework's.
export default function Unauthorized() {
  return (
    <GatePage title="Please sign in" lead="What stands here is for people who are signed in.">
      <a href="/login" className="underline underline-offset-2">
        Sign in
      </a>
    </GatePage>
  );
}
