import type { Column, ColumnLook } from "@/components/data-table/column";
import { type StudentRow, studentColumns } from "../../student-columns";

const hidden = <span className="text-muted">hidden</span>;
const dash = <span className="text-muted">–</span>;

/** Where the roster looks otherwise than the list of all students: it has no batch on its cards. */
const LOOKS: Record<string, ColumnLook> = {
  project: { phone: "line" },
  certificates: { number: true, phone: "hidden", wideOnly: true },
  demos: { number: true, phone: "hidden", wideOnly: true },
};

/** The students of one batch: the columns of the students list but the batch. */
export const rosterColumns: Column<StudentRow>[] = studentColumns
  .filter(({ id }) => id !== "batch")
  .map((column) => {
    // Whoever may not see the address may not see the number either.
    if (column.id === "phone")
      return { ...column, cell: (student) => student.phone ?? (student.email ? dash : hidden) };
    return { ...column, ...LOOKS[column.id] };
  });
