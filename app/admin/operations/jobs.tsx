import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import type { Operations, QueuedJob } from "@/db/queries/operations";
import { formatAgo, formatCount, formatInstant } from "@/lib/format";
import type { JobsBackend } from "@/lib/jobs/backend";
import { isStartable } from "@/lib/jobs/run-now";
import { formatMs } from "./format";
import { RunJob } from "./run-job";
import { Figures } from "./table";

type Props = { jobs: Operations["jobs"]; backend: JobsBackend; now: Date };

/** What each job does, for those who know it by its work. */
const WORDS: Record<string, string> = {
  "account-tick": "accounts to be deleted",
  "demo-tick": "demo sessions, places, reminders",
  "outbox-send": "mail and Slack",
  "risk-tick": "early warning",
  "sync-tick": "nightly sync and sweeping",
  "sync-plan": "hands a sync out",
  "sync-chunk": "syncs some students",
  "sync-user": "syncs one student",
};

const COLUMNS = [
  { label: "Job" },
  { label: "Waiting", number: true, wide: true },
  { label: "Running", number: true, wide: true },
  { label: "To be tried again", number: true, wide: true },
  { label: "Failed in a week", number: true, wide: true },
  { label: "Last end" },
  { label: "Run", number: true },
];

export function Jobs({ jobs, backend, now }: Props) {
  return (
    <Panel title="Jobs" aside={backend === "embedded" ? "the embedded queue" : null}>
      {backend === "trigger" ? (
        <p className="mb-3 text-sm text-muted">Trigger.dev runs the jobs here: its own pages show each run.</p>
      ) : null}
      {backend === "off" ? (
        <p className="mb-3 text-sm text-warn">
          Background jobs are off in this installation: nothing runs by the clock.
        </p>
      ) : null}
      <Figures
        name="Jobs"
        columns={COLUMNS}
        empty="No worker has run here yet."
        rows={(jobs ?? []).map((job) => ({
          key: job.name,
          cells: [
            <div key="job">
              <span className="font-medium">{job.name}</span>
              <span className="block text-xs text-muted">{WORDS[job.name]}</span>
            </div>,
            formatCount(job.waiting),
            formatCount(job.active),
            job.retrying > 0 ? (
              <span key="retrying" className="text-warn">
                {formatCount(job.retrying)}
              </span>
            ) : (
              "0"
            ),
            job.failed > 0 ? (
              <span key="failed" className="text-bad">
                {formatCount(job.failed)}
              </span>
            ) : (
              "0"
            ),
            <LastEnd key="last" job={job} now={now} />,
            isStartable(job.name) && backend !== "off" ? <RunJob key="run" job={job.name} name={job.name} /> : null,
          ],
        }))}
      />
    </Panel>
  );
}

function LastEnd({ job: { last, fault }, now }: { job: QueuedJob; now: Date }) {
  return (
    <>
      {last ? <Ended last={last} now={now} /> : <span className="text-muted">not yet</span>}
      {fault ? (
        <span className="block max-w-80 text-xs break-words text-muted">
          {formatAgo(new Date(fault.at), now)}: {fault.words}
        </span>
      ) : null}
    </>
  );
}

function Ended({ last, now }: { last: NonNullable<QueuedJob["last"]>; now: Date }) {
  const at = new Date(last.finishedAt);
  const took = last.startedAt ? at.getTime() - Date.parse(last.startedAt) : null;
  return (
    <>
      <Badge tone={last.state === "completed" ? "good" : "bad"}>{last.state}</Badge>{" "}
      <time dateTime={at.toISOString()} title={formatInstant(at)} className="text-muted">
        {formatAgo(at, now)}
      </time>
      {took === null ? null : <span className="text-muted">, took {formatMs(took)}</span>}
    </>
  );
}
