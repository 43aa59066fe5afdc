import type { DryRun } from "./dry-run";

const BOM = "\uFEFF";

/** A spreadsheet takes what begins like this for a formula; the import takes the apostrophe away again. */
const RISKY = /^[=+\-@\t\r]/;

const cell = (value: string): string => {
  const safe = RISKY.test(value) ? `'${value}` : value;
  return /["\r\n,]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** The rows that cannot be imported, as they stand in the file, with the reason: to put right and to import again. */
export function errorList({ file, rows }: Pick<DryRun, "file" | "rows">): string {
  const lines = rows
    .filter(({ kind }) => kind === "error")
    .map(({ row, faults, cells = [] }) => [String(row), faults.join(" "), ...cells]);
  return BOM + [["Row", "Reason", ...file.columns], ...lines].map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}
