import type { BatchHoldings } from "@/db/queries/batch-deletion";
import { formatCount } from "@/lib/format";

export const many = (count: number, one: string, several: string) =>
  `${formatCount(count)} ${count === 1 ? one : several}`;

/** What is lost with a batch, a line for each kind; what is not there is not named. */
export function takenAlong({ planned, enrolments, projects, assignments, demoSessions }: BatchHoldings): string[] {
  const lines: string[] = [];
  if (enrolments > 0) {
    lines.push(
      `${many(enrolments, "enrolment", "enrolments")}: the record of who was in this batch, from when to when`,
    );
  }
  if (projects > 0) {
    const work = assignments > 0 ? ` with ${many(assignments, "assignment", "assignments")}` : "";
    lines.push(`${many(projects, "project", "projects")}${work}`);
  }
  if (planned > 0) lines.push(`the later move that is planned for ${many(planned, "student", "students")}`);
  if (demoSessions > 0) {
    lines.push(
      `that ${many(demoSessions, "demo session was", "demo sessions were")} for this batch: the sessions stay`,
    );
  }
  return lines;
}
