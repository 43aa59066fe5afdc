import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import type { BatchPage } from "@/db/queries/batch-page";
import { formatCount, formatDate } from "@/lib/format";
import { NextSessionPanel, SessionLink, SessionWhen } from "../../next-session";
import { moveWords } from "./batch-page-words";

const quietLink = "underline-offset-2 hover:underline";

/** Who came and went, the latest first. */
export function MovesPanel({ moves }: { moves: BatchPage["moves"] }) {
  return (
    <Panel title="Came and went">
      {moves.length > 0 ? (
        <ul className="text-sm">
          {moves.map((move) => (
            <li
              key={`${move.studentId} ${move.date} ${move.kind}`}
              className="flex justify-between gap-3 border-b py-1.5"
            >
              <span className="min-w-0">
                <Link href={`/admin/students/${move.studentId}`} className={quietLink}>
                  {move.name}
                </Link>{" "}
                <span className="text-muted">{moveWords(move)}</span>
              </span>
              <span className="label shrink-0 pt-0.5">{formatDate(move.date)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-sm text-muted">Nobody yet.</p>
      )}
    </Panel>
  );
}

type ProjectsProps = { batchId: number; projects: BatchPage["projects"]; count: number; canAdd: boolean };

export function ProjectsPanel({ batchId, projects, count, canAdd }: ProjectsProps) {
  return (
    <Panel
      title="Projects"
      aside={
        <Link href={`/admin/projects?batch=${batchId}`} className="reach underline underline-offset-2 hover:text-ink">
          {count > projects.length ? `All ${formatCount(count)}` : "As a list"}
        </Link>
      }
    >
      {projects.length > 0 ? (
        <ul className="text-sm">
          {projects.map((project) => (
            <li key={project.id} className="flex justify-between gap-3 border-b py-1.5">
              <Link href={`/admin/projects/${project.id}`} className={`min-w-0 truncate ${quietLink}`}>
                {project.name}
              </Link>
              <span className="shrink-0">
                <span className="label mr-3">
                  {formatCount(project.students)} {project.students === 1 ? "student" : "students"}
                </span>
                <Badge tone={project.status === "active" ? "good" : "neutral"}>{project.status}</Badge>
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-sm text-muted">It has none.</p>
      )}
      {canAdd ? (
        <p className="mt-2 text-sm">
          <Link href={`/admin/projects/new?batch=${batchId}`} className="tap underline underline-offset-2">
            New project
          </Link>
        </p>
      ) : null}
    </Panel>
  );
}

type SessionProps = { session: BatchPage["nextSession"]; viewerZone: string | null };

export function SessionPanel({ session, viewerZone }: SessionProps) {
  return (
    <NextSessionPanel>
      {session ? (
        <>
          <p className="font-medium">
            <SessionLink session={session} />
          </p>
          <p className="text-sm text-muted">
            <SessionWhen session={session} viewerZone={viewerZone} />
          </p>
          <p className="mt-1 text-sm">{formatCount(session.scheduled)} of this batch signed up</p>
        </>
      ) : null}
    </NextSessionPanel>
  );
}

export function AboutPanel({ batch }: { batch: BatchPage }) {
  const { description, curriculum, slackChannel, timeZone } = batch;
  const facts: [string, string | null][] = [
    ["Description", description],
    ["Curriculum", curriculum],
    ["Slack channel", slackChannel],
    ["Time zone", timeZone],
  ];
  return (
    <Panel title="About">
      <dl className="grid gap-2 text-sm">
        {facts.map(([label, text]) => (
          <div key={label}>
            <dt className="label">{label}</dt>
            <dd className="max-w-prose whitespace-pre-line">{text ?? "–"}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
