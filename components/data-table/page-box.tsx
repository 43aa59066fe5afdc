import type { RowData } from "@tanstack/react-table";
import type { ReactNode } from "react";
import type { DataTableInstance } from "./use-data-table";

/** How every box of a list looks. */
export const BOX = "size-4 accent-accent align-[-3px]";

type Props<Row extends RowData> = { table: DataTableInstance<Row>; className: string; children: ReactNode };

/** Selects the rows of this page, or lets go of them; between the two when only some are selected. */
export function PageBox<Row extends RowData>({ table, className, children }: Props<Row>) {
  const all = table.getIsAllPageRowsSelected();
  const some = table.getIsSomePageRowsSelected() && !all;
  return (
    <label className={className}>
      <input
        type="checkbox"
        className={BOX}
        checked={all}
        ref={(box) => {
          if (box) box.indeterminate = some;
        }}
        onChange={table.getToggleAllPageRowsSelectedHandler()}
      />
      {children}
    </label>
  );
}
