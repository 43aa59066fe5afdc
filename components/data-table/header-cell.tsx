import clsx from "clsx";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { Glyph } from "@/components/ui/glyph";
import type { ColumnLook } from "./column";

type Props = {
  look: ColumnLook | undefined;
  /** The order, where this column makes it. */
  sorted: "asc" | "desc" | false;
  /** Absent where the list cannot be sorted by this column. */
  onSort: ((event: unknown) => void) | undefined;
  children: ReactNode;
};

/** The header of a column, which sorts by it and, once it does, the other way round. */
export function HeaderCell({ look, sorted, onSort, children }: Props) {
  const Arrow = sorted === "asc" ? ArrowUp : sorted === "desc" ? ArrowDown : ChevronsUpDown;
  return (
    <th
      scope="col"
      role="columnheader"
      aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : undefined}
      className={clsx(
        "h-9 pr-4 text-left whitespace-nowrap last:pr-0",
        look?.number && "text-right",
        look?.wideOnly && "hidden 2xl:table-cell",
      )}
    >
      {onSort ? (
        <button
          type="button"
          onClick={onSort}
          className={clsx("label inline-flex items-center gap-1 font-medium hover:text-ink", sorted && "text-ink")}
        >
          {children}
          <Glyph of={Arrow} className={clsx("size-3", !sorted && "opacity-50")} />
        </button>
      ) : (
        <span className="label font-medium">{children}</span>
      )}
    </th>
  );
}
