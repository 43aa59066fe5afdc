import Link from "next/link";
import { outcomeWords, reasonWords } from "@/components/coding/sync-words";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import type { SyncRunDetail } from "@/db/queries/sync-run-detail";
import { formatCount } from "@/lib/format";

type Group = SyncRunDetail["groups"][number];

/** How many students ended in which way, each in words. */
export function OutcomeKinds({ kinds, open }: { kinds: SyncRunDetail["kinds"]; open: boolean }) {
  return (
    <Panel title={open ? "So far" : "How it ended"}>
      <dl>
        {kinds.map(({ kind, students }) => {
          const { label, tone, meaning } = outcomeWords[kind];
          return (
            <div key={kind} className="flex items-baseline justify-between gap-4 border-b py-2.5 text-sm first:pt-0">
              <dt>
                <Badge tone={tone}>{label}</Badge>
                <span className="label block">{meaning}</span>
              </dt>
              <dd className="font-medium">{formatCount(students)}</dd>
            </div>
          );
        })}
      </dl>
    </Panel>
  );
}

/** Those who were not synced, by kind and reason, with the students behind each group. */
export function OutcomeGroups({ groups }: { groups: Group[] }) {
  return (
    <Panel title="Not synced, by reason">
      <ul>
        {groups.map((group) => (
          <li key={`${group.kind} ${group.reason}`} className="border-b py-4 text-sm first:pt-0">
            <OutcomeGroup group={group} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function OutcomeGroup({ group: { kind, reason, total, students } }: { group: Group }) {
  const { label, tone, todo } = outcomeWords[kind];
  const unnamed = total - students.length;
  return (
    <>
      <h3 className="flex items-baseline justify-between gap-4">
        <Badge tone={tone}>{label}</Badge>
        <span className="text-muted">
          {formatCount(total)} {total === 1 ? "student" : "students"}
        </span>
      </h3>
      {reason ? <p className="mt-0.5 break-words">{reasonWords(reason)}</p> : null}
      <p className="mt-0.5 text-muted">{todo}</p>
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
        {unnamed > 0 ? <li className="text-muted">and {formatCount(unnamed)} more</li> : null}
      </ul>
    </>
  );
}
