import { formatDuration } from "@/lib/format";
import { FiguresTable } from "./figures-table";

type Item = { name: string; ms: number };

type Props = {
  /** What is shown, with its period. */
  caption: string;
  /** What a row is: "Language". */
  heading: string;
  items: readonly Item[];
  /** So many are drawn; the table has them all. */
  shown?: number;
  /** For paper: the bars alone. */
  table?: boolean;
};

/** Coding time by name, the most first, as bars with their numbers written beside them. Without a script. */
export function BarList({ caption, heading, items, shown = 6, table = true }: Props) {
  const most = Math.max(1, ...items.map(({ ms }) => ms));
  const rest = items.length - shown;
  return (
    <figure>
      <figcaption className="sr-only">{caption}</figcaption>
      <ol className="grid gap-2 text-sm print:gap-1 print:text-xs">
        {items.slice(0, shown).map(({ name, ms }) => (
          <li key={name} className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3">
            <span className="truncate" title={name}>
              {name}
            </span>
            <span>{formatDuration(ms)}</span>
            <span aria-hidden className="col-span-2 mt-0.5 h-1 rounded-sm bg-sunken print:border-b">
              <span
                className="block h-1 rounded-sm bg-accent"
                style={{ width: `${Math.max(0.5, (ms / most) * 100)}%`, printColorAdjust: "exact" }}
              />
            </span>
          </li>
        ))}
      </ol>
      {table ? (
        <FiguresTable
          summary={rest > 0 ? `Show all ${items.length} as a table` : "Show as a table"}
          caption={caption}
          heading={heading}
          rows={items.map(({ name, ms }) => ({ key: name, name, time: formatDuration(ms) }))}
        />
      ) : rest > 0 ? (
        <p className="label mt-1.5">and {rest} more</p>
      ) : null}
    </figure>
  );
}
