"use client";

import { GatePage } from "@/components/layout/gate-page";

// Every page carries this along in case it is needed: as a reference, not as markup, and with a plain link, since each
// page of this kind would bring its own copy of the framework's.
export default function NotFound() {
  return (
    <GatePage title="There is nothing here" lead="The address is mistyped, or what stood here is gone.">
      <a href="/" className="underline underline-offset-2">
        Go to your start page
      </a>
    </GatePage>
  );
}
