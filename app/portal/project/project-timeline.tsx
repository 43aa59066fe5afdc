import type { OwnAssignment } from "@/db/queries/portal-project";
import { formatDate } from "@/lib/format";
import { type Bar, projectLine } from "./project-time";

/** The project within its batch; the words beside the bars say the same. */
export function ProjectTimeline({ assignment }: { assignment: OwnAssignment }) {
  const { project, batch, today } = assignment;
  const line = projectLine(assignment);
  return (
    <div className="grid gap-3 text-sm">
      <Row name={project.name} bar={line.project} look="bg-accent" today={line.today}>
        {formatDate(project.startDate)} – {project.endDate ? formatDate(project.endDate) : "no end so far"}
      </Row>
      <Row name={batch.name} bar={line.batch} look="bg-strong-line" today={line.today}>
        {formatDate(batch.startDate)} – {formatDate(batch.endDate)}
      </Row>
      <p className="label">
        {line.today === null ? null : (
          <>
            <span aria-hidden className="mr-1.5 inline-block h-3 w-px bg-ink align-[-2px]" />
            today,{" "}
          </>
        )}
        {formatDate(today)} in {batch.timeZone}
      </p>
    </div>
  );
}

type RowProps = { name: string; bar: Bar; look: string; today: number | null; children: React.ReactNode };

function Row({ name, bar, look, today, children }: RowProps) {
  return (
    <div>
      <p className="mb-1 flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="min-w-0 break-words">{name}</span>
        <span className="label">{children}</span>
      </p>
      <div aria-hidden className="relative h-1.5 rounded-sm bg-sunken">
        <span
          className={`absolute h-full rounded-sm ${look}`}
          style={{ left: `${bar.left}%`, width: `max(2px, ${bar.width}%)` }}
        />
        {today === null ? null : (
          <span className="absolute -top-1 -bottom-1 w-px bg-ink" style={{ left: `${today}%` }} />
        )}
      </div>
    </div>
  );
}
