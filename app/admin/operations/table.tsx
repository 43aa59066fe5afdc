import clsx from "clsx";
import type { ReactNode } from "react";

type Column = { label: string; number?: boolean /** Left out on a phone. */; wide?: boolean };
type Props = { name: string; columns: Column[]; rows: { key: string; cells: ReactNode[] }[]; empty: string };

const look = ({ number, wide }: Column) =>
  clsx(number ? "text-right tabular-nums" : "text-left not-first:pl-6", wide && "max-sm:hidden");

/** Figures of one kind under each other; the first cell names the row. */
export function Figures({ name, columns, rows, empty }: Props) {
  if (rows.length === 0) return <p className="text-sm text-muted">{empty}</p>;
  return (
    <table aria-label={name} className="w-full text-sm">
      <thead>
        <tr className="border-b">
          {columns.map((column) => (
            <th key={column.label} scope="col" className={clsx("label h-9 pr-4 font-medium last:pr-0", look(column))}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key} className="border-b hover:bg-sunken/60">
            {columns.map((column, index) => {
              const Cell = index === 0 ? "th" : "td";
              return (
                <Cell
                  key={column.label}
                  {...(index === 0 && { scope: "row" as const })}
                  className={clsx(
                    "py-2 pr-4 align-top font-normal wrap-anywhere last:pr-0",
                    look(column),
                    column.number && "whitespace-nowrap",
                  )}
                >
                  {cells[index]}
                </Cell>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
