import { Definition } from "@/components/ui/definition";
import { Figure } from "@/components/ui/figure";
import { formatCount, formatDate } from "@/lib/format";
import type { ProjectStatistics } from "./project-statistics";

type Props = {
  project: { description: string | null; startDate: string; endDate: string | null; happyHour: string | null };
  statistics: ProjectStatistics;
};

const number = "text-2xl font-medium tracking-tight";

/** What the project is, and its students in numbers. */
export function ProjectFacts({ project, statistics }: Props) {
  const { description, startDate, endDate, happyHour } = project;
  const { assigned, active, completed, dropped, offers, completedShare } = statistics;
  const counts = { assigned, active, completed, dropped };
  return (
    <div className="mb-8 grid gap-4">
      <p className="text-sm">
        {formatDate(startDate)} – {endDate ? formatDate(endDate) : "open end"}
        {happyHour ? <span className="text-muted"> · happy hour {happyHour}</span> : null}
      </p>
      {description ? <p className="max-w-prose whitespace-pre-line">{description}</p> : null}
      <dl className="grid grid-cols-2 border-t sm:grid-cols-3 xl:grid-cols-6">
        {Object.entries(counts).map(([status, count]) => (
          <Figure key={status} label={status}>
            <dd className={number} data-figure={status}>
              {formatCount(count)}
            </dd>
          </Figure>
        ))}
        <Figure label="completed, of all who stayed">
          <dd className={number} data-figure="share">
            {completedShare === null ? "–" : `${completedShare} %`}{" "}
            <Definition id="share-definition" of="this share">
              Students who completed the project, of all who were ever assigned and did not drop it.
            </Definition>
          </dd>
        </Figure>
        <Figure label="with an offer">
          <dd className={number} data-figure="offers">
            {formatCount(offers)}
          </dd>
        </Figure>
      </dl>
    </div>
  );
}
