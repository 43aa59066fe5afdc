type Props = {
  /** What opens it. */
  summary: string;
  caption: string;
  /** What a row is: "Day". */
  heading: string;
  rows: { key: string; name: string; time: string }[];
};

/** A chart's figures as a table, folded beneath it; what its rows share is said once. */
export function FiguresTable({ summary, caption, heading, rows }: Props) {
  return (
    <details className="mt-2 text-sm">
      <summary className="tap inline-flex cursor-pointer items-center text-muted hover:text-ink">{summary}</summary>
      <table className="mt-1 w-full max-w-sm [&_td]:py-1.5 [&_td]:text-right [&_td]:whitespace-nowrap [&_th]:py-1.5 [&_tr]:border-b">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="text-left">
            <th scope="col" className="label font-medium">
              {heading}
            </th>
            <th scope="col" className="label text-right font-medium">
              Coding time
            </th>
          </tr>
        </thead>
        <tbody className="[&_th]:pr-3 [&_th]:text-left [&_th]:font-normal [&_th]:break-words">
          {rows.map(({ key, name, time }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td>{time}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
