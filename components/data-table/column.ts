import type { ReactNode } from "react";

/**
 * How a column looks: `number` aligns right, `wide` has room for sentences, `wideOnly` needs 1536 pixels, and `phone`
 * says what becomes of it on a card under 640 pixels: the whole row, half of one with its label, the whole row with its
 * label, or nothing.
 */
export type ColumnLook = {
  number?: boolean;
  wide?: boolean;
  wideOnly?: boolean;
  phone?: "title" | "fact" | "line" | "hidden";
};

/** The cells of one column of a list. What the column is called and whether it sorts, the list says. */
export type Column<Row> = ColumnLook & {
  id: string;
  /** Called for each row, not mounted: what needs hooks is a component inside. */
  cell: (row: Row) => ReactNode;
  /** The first click on its header puts the last ones on top. */
  descendingFirst?: boolean;
};
