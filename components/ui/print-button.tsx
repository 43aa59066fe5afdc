"use client";

import { Button } from "./button";

/** For a page that is made for paper. */
export function PrintButton() {
  return (
    <Button look="primary" small onClick={() => window.print()}>
      Print
    </Button>
  );
}
