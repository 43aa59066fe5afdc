import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { freshnessOf } from "@/components/coding/freshness-words";
import { outcomeWords } from "@/components/coding/sync-words";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import { getDb } from "@/db/client";
import { getStudentSync, type StudentSync, SYNC_HISTORY_DAYS } from "@/db/queries/sync-student-history";
import { actorOf, requireStaff } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { formatDate } from "@/lib/format";
import { jobsBackend } from "@/lib/jobs/backend";
import { isWakatimeConfigured } from "@/lib/wakatime/access";
import { routeId } from "../../route-id";
import { LinkFacts } from "./link-facts";
import { OutcomeHistory } from "./outcome-history";
import { SyncStudentForm } from "./sync-student-form";

export const metadata: Metadata = { title: "Sync of a student" };

export default async function SyncStudentPage({ params }: PageProps<"/admin/sync/students/[userId]">) {
  const id = routeId((await params).userId);
  const viewer = await requireStaff(`/admin/sync/students/${id}`);
  const student = await getStudentSync(getDb(), id, viewer);
  if (!student) notFound();
  const { connection, instructorIds } = student;
  const mayStart = can(actorOf(viewer), "sync.start", { instructorIds });
  return (
    <>
      <BackLink href="/admin/sync/students">Connected students</BackLink>
      <PageHeader title={student.name}>{student.batchName}</PageHeader>
      {connection ? (
        <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)]">
          <div className="grid content-start gap-8">
            <LinkFacts
              connection={connection}
              words={freshnessOf({ ...connection, enrolmentStatus: student.enrolmentStatus }, new Date())}
            />
            {mayStart ? <SyncNow student={student} connection={connection} /> : null}
            <Gaps gaps={student.gaps} />
          </div>
          <OutcomeHistory outcomes={student.outcomes} total={student.outcomeTotal} days={SYNC_HISTORY_DAYS} />
        </div>
      ) : (
        <Empty title="Never connected">Students connect WakaTime in their own portal.</Empty>
      )}
    </>
  );
}

type Connection = NonNullable<StudentSync["connection"]>;

function SyncNow({ student, connection }: { student: StudentSync; connection: Connection }) {
  return (
    <Panel title="Sync now">
      <SyncNowBody student={student} connection={connection} />
    </Panel>
  );
}

function SyncNowBody({ student, connection }: { student: StudentSync; connection: Connection }) {
  if (connection.status !== "active") return <p className="text-sm">{outcomeWords[connection.status].todo}</p>;
  const { openRun } = student;
  if (openRun && openRun.state !== "interrupted") {
    const words = openRun.state === "waiting" ? "waits for a worker" : "is at work";
    return (
      <p className="text-sm">
        A sync of this student {words} already. {linkTo(openRun.id, "Follow it")}
      </p>
    );
  }
  if (connection.leased) return <p className="text-sm">This student is being synced already, by a larger sync.</p>;
  if (jobsBackend() === "off" || !isWakatimeConfigured()) {
    return <p className="text-sm">Syncs do not run in this installation at the moment.</p>;
  }
  return (
    <>
      {openRun ? (
        <p className="mb-3 text-sm">The last sync of this student was interrupted. {linkTo(openRun.id, "See it")}</p>
      ) : null}
      <SyncStudentForm userId={student.id} />
    </>
  );
}

const linkTo = (runId: number, words: string) => (
  <Link href={`/admin/sync/${runId}`} className="reach underline underline-offset-2">
    {words}
  </Link>
);

/** Nothing is drawn where nothing is missing. */
function Gaps({ gaps }: { gaps: StudentSync["gaps"] }) {
  if (gaps.length === 0) return null;
  return (
    <Panel title="Days that WakaTime’s plan did not give">
      <ul className="text-sm">
        {gaps.map(({ from, to, reason }) => (
          <li key={`${from} ${to}`} className="border-b py-2 first:pt-0">
            {from === to ? formatDate(from) : `${formatDate(from)} – ${formatDate(to)}`}
            <span className="label block break-words">{reason}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
