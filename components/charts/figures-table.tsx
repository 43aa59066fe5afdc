type Props = {
  /** What opens it. */
  summary: string;
  caption: string;
  /** What a row is: "Day". */
  heading: string;
  rows: { key: string; name: string; time: string }[];
};

/** A chart's figures as a table, folded beneath it. */
export function FiguresTable({ summary, caption, heading, rows }: Props) {
  return (
    <details className="mt-2 text-sm">
      <summary className="tap inline-flex cursor-pointer items-center text-muted hover:text-ink">{summary}</summary>
      <table className="mt-1 w-full max-w-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b text-left">
            <th scope="col" className="label py-1.5 font-medium">
              {heading}
            </th>
            <th scope="col" className="label py-1.5 text-right font-medium">
              Coding time
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, time }) => (
            <tr key={key} className="border-b">
              <th scope="row" className="py-1.5 pr-3 text-left font-normal break-words">
                {name}
              </th>
              <td className="py-1.5 text-right whitespace-nowrap">{time}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
