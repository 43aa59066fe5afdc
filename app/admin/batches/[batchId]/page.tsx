import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import { getDb } from "@/db/client";
import { type BatchPage, getBatchPage } from "@/db/queries/batch-page";
import { listStudents } from "@/db/queries/student-list";
import { STALE_AFTER_HOURS } from "@/lib/analytics/freshness";
import { actorOf, requireStaff } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { formatAgo, formatDate } from "@/lib/format";
import { rosterList, rosterOf } from "@/lib/lists/roster";
import { KEY_STATE_WORDS } from "@/lib/lists/words";
import { lastPage, parseAsId } from "@/lib/table-params";
import { toStudentRow } from "../../student-row";
import { BATCH_TONES, KEY_TONES, progressWords } from "../batch-words";
import { BatchActions } from "./batch-actions";
import { BatchFigures, TrendPanel } from "./hours-panel";
import { InstructorsPanel } from "./instructors-panel";
import { KeyPanel } from "./key-panel";
import { RosterTable } from "./roster-table";
import { AboutPanel, MovesPanel, ProjectsPanel, SessionPanel } from "./side-panels";

export const metadata: Metadata = { title: "Batch" };

export default async function BatchPageOf({ params, searchParams }: PageProps<"/admin/batches/[batchId]">) {
  const id = parseAsId.parse((await params).batchId) ?? notFound();
  const values = { ...(await rosterList.load(searchParams)), batch: id };
  const roster = rosterOf(id);
  const viewer = await requireStaff(roster.href(values));
  const now = new Date();
  const db = getDb();
  const [batch, found] = await Promise.all([
    getBatchPage(db, id, viewer, now, STALE_AFTER_HOURS),
    listStudents(db, values, viewer, now),
  ]);
  if (!batch) notFound();
  const last = lastPage(found.total, values.size);
  if (values.page > last) redirect(roster.href({ ...values, page: last }));
  const actor = actorOf(viewer);
  const instructorIds = batch.instructors.map((person) => person.id);
  return (
    <>
      <BackLink href="/admin/batches">All batches</BackLink>
      <PageHeader title={batch.name}>
        <Badge tone={BATCH_TONES[batch.state]}>{batch.state}</Badge> · {formatDate(batch.startDate)} –{" "}
        {formatDate(batch.endDate)} · {progressWords(batch)}
      </PageHeader>
      {batch.admin && can(actor, "batch.edit") ? (
        <BatchActions key={batch.version} batch={contentOf(batch)} admin={batch.admin} />
      ) : null}
      <BatchFigures batch={batch} now={now} />
      <div className="mb-8 grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
        <TrendPanel weeks={batch.hours.weeks} />
        <MovesPanel moves={batch.moves} />
      </div>
      <Panel title="Roster" className="mb-8">
        <RosterTable
          batchId={id}
          rows={found.rows.map((row) => toStudentRow(row, now))}
          total={found.total}
          page={values.page}
          projectName={found.projectName}
          chosen={viewer.listChoices.roster?.columns}
        />
      </Panel>
      <div className="grid gap-x-12 gap-y-8 md:grid-cols-2 xl:grid-cols-3">
        <div className="grid content-start gap-8">
          <KeySection batch={batch} now={now} />
          <InstructorsPanel
            batchId={id}
            instructors={batch.instructors}
            candidates={(can(actor, "batch.edit") && batch.admin?.candidates) || null}
          />
        </div>
        <div className="grid content-start gap-8">
          <ProjectsPanel
            batchId={id}
            projects={batch.projects}
            count={batch.projectCount}
            canAdd={batch.state !== "archived" && can(actor, "project.edit", { instructorIds })}
          />
          <SessionPanel session={batch.nextSession} viewerZone={viewer.timeZone} />
        </div>
        <AboutPanel batch={batch} />
      </div>
    </>
  );
}

/** What the forms about the batch need, and nothing else of it. */
const contentOf = (batch: BatchPage) => ({
  id: batch.id,
  version: batch.version,
  archived: batch.state === "archived",
  name: batch.name,
  description: batch.description,
  startDate: batch.startDate,
  endDate: batch.endDate,
  timeZone: batch.timeZone,
  capacity: batch.capacity,
  slackChannel: batch.slackChannel,
  curriculum: batch.curriculum,
});

function KeySection({ batch, now }: { batch: BatchPage; now: Date }) {
  const { registration, keyState } = batch;
  return (
    <Panel title="Registration key">
      {registration ? (
        <KeyPanel
          batchId={batch.id}
          version={batch.version}
          state={keyState}
          registration={{
            ...registration,
            usedBy: registration.usedBy.map((use) => ({ ...use, ago: formatAgo(new Date(use.at), now) })),
          }}
        />
      ) : (
        <p className="text-sm">
          <Badge tone={KEY_TONES[keyState]}>{KEY_STATE_WORDS[keyState]}</Badge>
          <span className="mt-1 block text-muted">Admins and the batch’s own instructors see the key.</span>
        </p>
      )}
    </Panel>
  );
}
