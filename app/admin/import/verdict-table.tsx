import clsx from "clsx";
import { Badge, type Tone } from "@/components/ui/badge";
import { formatDate } from "@/lib/format";
import type { ShownVerdict } from "@/lib/roster/dry-run";
import type { Change, VerdictKind } from "@/lib/roster/verdict-kinds";

export const VERDICT_WORDS: Record<VerdictKind, { label: string; filter: string; tone: Tone }> = {
  new: { label: "new", filter: "New", tone: "good" },
  changed: { label: "changed", filter: "Changed", tone: "accent" },
  same: { label: "same", filter: "Same", tone: "neutral" },
  error: { label: "error", filter: "Errors", tone: "bad" },
};

const CHANGE_LABELS: Record<Change["field"], string> = {
  name: "Name",
  phone: "Phone",
  timeZone: "Time zone",
  role: "Role",
  batch: "Batch",
  status: "Status",
  from: "From",
};

const head = "label h-9 pr-4 text-left font-medium last:pr-0";
const cell = "py-2 pr-4 align-top text-sm last:pr-0";

/** On a phone the person says the row and the verdict, so that it stays a table. */
export function VerdictTable({ rows, pending }: { rows: ShownVerdict[]; pending: boolean }) {
  return (
    <table
      aria-label="Verdicts"
      aria-busy={pending}
      className={clsx("w-full transition-opacity", pending && "opacity-50")}
    >
      <thead>
        <tr className="border-b">
          <th scope="col" className={`${head} w-14 text-right max-sm:hidden`}>
            Row
          </th>
          <th scope="col" className={`${head} max-sm:w-1/2`}>
            Person
          </th>
          <th scope="col" className={`${head} max-sm:hidden`}>
            Verdict
          </th>
          <th scope="col" className={head}>
            What happens
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((verdict) => (
          <tr key={verdict.row} className="border-b hover:bg-sunken/60">
            <td className={`${cell} text-right text-muted max-sm:hidden`}>{verdict.row}</td>
            <td className={cell}>
              <span className="font-medium wrap-anywhere">{verdict.name || "–"}</span>
              <span className="block text-xs wrap-anywhere text-muted">{verdict.email || "–"}</span>
              <span className="block text-xs sm:hidden">
                row {verdict.row} ·{" "}
                <Badge tone={VERDICT_WORDS[verdict.kind].tone}>{VERDICT_WORDS[verdict.kind].label}</Badge>
              </span>
            </td>
            <td className={`${cell} max-sm:hidden`}>
              <Badge tone={VERDICT_WORDS[verdict.kind].tone}>{VERDICT_WORDS[verdict.kind].label}</Badge>
            </td>
            <td className={`${cell} wrap-anywhere`}>
              <Happening verdict={verdict} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Happening({ verdict: { kind, changes, faults } }: { verdict: ShownVerdict }) {
  if (kind === "error") return faults.join(" ");
  if (changes.length === 0) return <span className="text-muted">Nothing</span>;
  return (
    <ul className="flex flex-wrap gap-x-4">
      {changes.map((change) => (
        <li key={change.field}>
          <span className="text-muted">{CHANGE_LABELS[change.field]}</span> {change.old ? `${change.old} → ` : null}
          {change.field === "from" ? formatDate(change.new) : change.new}
        </li>
      ))}
    </ul>
  );
}
