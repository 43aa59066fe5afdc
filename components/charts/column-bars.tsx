import clsx from "clsx";

type Column = {
  key: string | number;
  /** Under the column, on a line of its own. */
  label: string;
  value: number;
  /** The value in words: over the column. */
  words: string;
  /** Not over yet: drawn paler. */
  open?: boolean;
};

/** Columns with their number over them, drawn without a script. The table that says the same stands beside it. */
export function ColumnBars({ columns, sparse = false }: { columns: readonly Column[]; sparse?: boolean }) {
  const most = Math.max(1, ...columns.map(({ value }) => value));
  return (
    <div aria-hidden className="grid auto-cols-fr grid-flow-col gap-1">
      {columns.map(({ key, label, value, words, open }, place) => (
        <div key={key} className="min-w-0">
          <div className="flex h-32 flex-col items-center justify-end border-b border-strong-line">
            <span className="label whitespace-nowrap">{value === 0 ? "" : words}</span>
            <span
              className={clsx("w-full max-w-10 rounded-t-sm", open ? "bg-accent/50" : "bg-accent")}
              style={{ height: `${(value / most) * 80}%`, printColorAdjust: "exact" }}
            />
          </div>
          <p
            className={clsx(
              "label mt-1 text-center whitespace-nowrap",
              sparse && (columns.length - 1 - place) % 2 === 1 && "max-sm:invisible",
            )}
          >
            {label}
          </p>
        </div>
      ))}
    </div>
  );
}
