import Link from "next/link";
import { outcomeWords, reasonWords } from "@/components/coding/sync-words";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import type { SyncRunDetail } from "@/db/queries/sync-run-detail";
import { formatCount } from "@/lib/format";

type Group = SyncRunDetail["groups"][number];

/** How many students ended in which way; those who were not called come last. */
export function OutcomeKinds({ kinds, open }: { kinds: SyncRunDetail["kinds"]; open: boolean }) {
  return (
    <Panel title={open ? "So far" : "How it ended"}>
      <dl>
        {inOrder(kinds).map(({ kind, students }) => {
          const { label, tone } = outcomeWords[kind];
          return (
            <div key={kind} className="flex items-baseline justify-between gap-4 border-b py-2 text-sm first:pt-0">
              <dt>
                <Badge tone={tone}>{label}</Badge>
              </dt>
              <dd className="font-medium">{formatCount(students)}</dd>
            </div>
          );
        })}
      </dl>
    </Panel>
  );
}

const inOrder = (kinds: SyncRunDetail["kinds"]) =>
  kinds.toSorted((a, b) => Number(a.kind === "skipped") - Number(b.kind === "skipped"));

type GroupsProps = {
  runId: number;
  groups: Group[];
  /** Off where the run itself failed: then its own message says what to do, and not to each student. */
  advice: boolean;
};

/** Those who were not synced, by kind and reason, with the students behind each group. */
export function OutcomeGroups({ runId, groups, advice }: GroupsProps) {
  return (
    <Panel title="Not synced, by reason">
      <ul>
        {groups.map((group) => (
          <li key={`${group.kind} ${group.reason}`} className="border-b py-4 text-sm first:pt-0">
            <OutcomeGroup runId={runId} group={group} advice={advice && group.kind !== "skipped"} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The whole group in the list of students; no reason is a reason, too. */
const listOf = (runId: number, { kind, reason }: Group) =>
  `/admin/sync/students?${new URLSearchParams({ run: String(runId), outcome: kind, reason: reason ?? "" })}`;

function OutcomeGroup({ runId, group, advice }: { runId: number; group: Group; advice: boolean }) {
  const { kind, reason, total, students } = group;
  const { label, tone, meaning, todo } = outcomeWords[kind];
  const unnamed = total - students.length;
  return (
    <>
      <h3 className="flex items-baseline justify-between gap-4">
        <Badge tone={tone}>{label}</Badge>
        <span className="text-muted">
          {formatCount(total)} {total === 1 ? "student" : "students"}
        </span>
      </h3>
      <p className="mt-0.5 break-words">{reasonWords(reason) ?? meaning}</p>
      {advice ? <p className="mt-0.5 text-muted">{todo}</p> : null}
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1">
        {students.map(({ id, name }) => (
          <li key={id}>
            <Link
              href={`/admin/sync/students/${id}`}
              className="tap inline-flex items-center underline underline-offset-2"
            >
              {name}
            </Link>
          </li>
        ))}
        {unnamed > 0 ? (
          <li>
            <Link
              href={listOf(runId, group)}
              className="tap inline-flex items-center text-muted underline underline-offset-2"
            >
              and {formatCount(unnamed)} more
            </Link>
          </li>
        ) : null}
      </ul>
    </>
  );
}
