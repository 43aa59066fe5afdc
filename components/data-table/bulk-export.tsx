import { Button } from "@/components/ui/button";
import type { Selection } from "./selection-bar";

/** The selected rows as a file, with the list's order and columns: a form, because an address cannot hold many ids. */
export function BulkExport({ selection }: { selection: Selection }) {
  return (
    <form method="post" action={selection.exportHref}>
      <input type="hidden" name="selection" value={selection.field} />
      <Button type="submit" small>
        Export
      </Button>
    </form>
  );
}
