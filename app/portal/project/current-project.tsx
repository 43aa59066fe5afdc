import { PROJECT_TONES } from "@/components/project/words";
import { Badge } from "@/components/ui/badge";
import { Figure } from "@/components/ui/figure";
import { Panel } from "@/components/ui/panel";
import type { OwnAssignment } from "@/db/queries/portal-project";
import { OwnFacts } from "./own-facts";
import { OwnFactsForm } from "./own-facts-form";
import { projectTime } from "./project-time";
import { ProjectTimeline } from "./project-timeline";
import { ownStatusWords } from "./words";

/** The project that one is on: how far it is, what it is about, and one's own links and offer. */
export function CurrentProject({ assignment, canChange }: { assignment: OwnAssignment; canChange: boolean }) {
  const { project, today } = assignment;
  const time = projectTime(project, today);
  return (
    <div className="grid gap-8">
      <dl className="grid border-t sm:grid-cols-2">
        <Figure label={time.words}>
          <dd className="text-2xl font-medium tracking-tight">{time.figure}</dd>
        </Figure>
        <Figure label="happy hour">
          <dd className="text-2xl font-medium tracking-tight break-words">
            {project.happyHour ?? <span className="text-muted">none</span>}
          </dd>
        </Figure>
      </dl>
      <ProjectTimeline assignment={assignment} />
      {project.description ? (
        <p className="max-w-prose break-words whitespace-pre-line">{project.description}</p>
      ) : null}
      <Panel title="Your links and offer" aside="staff see them, other students do not">
        <OwnFacts assignment={assignment} />
        {canChange ? <OwnFactsForm assignment={assignment} project={project.name} /> : null}
      </Panel>
    </div>
  );
}

/** The batch it belongs to, how far the project is, and how one stands on it. */
export function ProjectStanding({ assignment }: { assignment: OwnAssignment }) {
  const { project, batch } = assignment;
  return (
    <>
      {batch.name} · <Badge tone={PROJECT_TONES[project.status]}>{project.status}</Badge> · {ownStatusWords(assignment)}
    </>
  );
}
