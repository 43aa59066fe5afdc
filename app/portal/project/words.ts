import type { OwnAssignment, PortalProject } from "@/db/queries/portal-project";

/** How one stands on a project, in words to the student. */
export function ownStatusWords({ status, project }: Pick<OwnAssignment, "status" | "project">): string {
  if (status === "assigned") return "assigned to you";
  if (status === "active") return "you work on it";
  if (status === "completed") return "you completed it";
  return project.status === "cancelled" ? "it was cancelled" : "you left it";
}

/** What it means to be on no project, and what comes next, for whoever stands like this. */
export function noProjectWords(standing: PortalProject["standing"]): string {
  if (!standing) {
    return "Projects belong to a batch, and you are in none at the moment. Once your academy has enrolled you, its instructors can put you on one.";
  }
  const { batchName, status } = standing;
  if (status === "graduated") return `You have graduated from ${batchName}: its projects are for those still in class.`;
  if (status === "dropped") return `You have left ${batchName}, and with it its projects.`;
  if (status === "paused") {
    return `Your enrolment in ${batchName} is paused. Once it goes on, its instructors can put you on a project.`;
  }
  return `The instructors of ${batchName} put students on projects; you need not do anything. Yours will stand here, with its dates and with room for your resume, your LinkedIn page and the date of an offer. Your coding time and your demos count all the same.`;
}
