import { enrolmentTone } from "@/components/student/words";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import type { OwnAccount } from "@/db/queries/own-account";
import { formatDate } from "@/lib/format";

type Props = { account: Pick<OwnAccount, "role" | "studentId" | "batch" | "project"> };

const STAFF_WORDS: Partial<Record<OwnAccount["role"], string>> = {
  admin: "You may do everything here.",
  instructor: "You edit the students, projects and sign-ups of your own batches, and every demo session.",
  user: "You are in no batch yet: a registration key makes you a student.",
};

/** What one is here; others change it. */
export function PlaceFacts({ account: { role, studentId, batch, project } }: Props) {
  const words = STAFF_WORDS[role];
  return (
    <Panel title="At the academy" aside={role === "student" ? "changed by staff" : "changed by admins"}>
      <dl className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-3 gap-y-2 text-sm break-words [&>dt]:text-muted">
        <dt>Role</dt>
        <dd>{role}</dd>
        {role === "student" ? (
          <>
            <dt>Student number</dt>
            <dd className="tabular-nums">{studentId ?? "none yet"}</dd>
            <dt>Batch</dt>
            <dd>{batch ? <BatchWords batch={batch} /> : "none at the moment"}</dd>
            <dt>Project</dt>
            <dd>{project ? `${project.name} (${project.status})` : "none at the moment"}</dd>
          </>
        ) : null}
      </dl>
      {words ? <p className="mt-3 text-sm text-muted">{words}</p> : null}
    </Panel>
  );
}

function BatchWords({ batch: { name, status, from, to } }: { batch: NonNullable<OwnAccount["batch"]> }) {
  return (
    <>
      <span className="mr-3">{name}</span>
      <Badge tone={enrolmentTone[status]}>{status}</Badge>
      <span className="label block">
        since {formatDate(from)}
        {to ? `, until ${formatDate(to)}` : ""}
      </span>
    </>
  );
}
