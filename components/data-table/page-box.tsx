import type { RowData } from "@tanstack/react-table";
import type { DataTableInstance } from "./use-data-table";

/** How every box of a list looks. */
export const BOX = "size-4 accent-accent align-[-3px]";

/** Selects the rows of this page, or lets go of them; between the two when only some are selected. */
export function PageBox<Row extends RowData>({ table }: { table: DataTableInstance<Row> }) {
  const all = table.getIsAllPageRowsSelected();
  const some = table.getIsSomePageRowsSelected() && !all;
  return (
    <input
      type="checkbox"
      className={BOX}
      checked={all}
      ref={(box) => {
        if (box) box.indeterminate = some;
      }}
      onChange={table.getToggleAllPageRowsSelectedHandler()}
    />
  );
}
