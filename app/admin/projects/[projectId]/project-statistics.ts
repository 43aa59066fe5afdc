import type { AssignmentStatus } from "@/db/enums";

type Counted = {
  status: AssignmentStatus;
  offerDate: string | null;
  resumeUrl: string | null;
  linkedinUrl: string | null;
};

export type ProjectStatistics = Record<AssignmentStatus, number> & {
  total: number;
  /** Assigned or at work. */
  open: number;
  offers: number;
  links: number;
  /** Per cent of those who did not drop the project; null when there are none. */
  completedShare: number | null;
};

/** What a project's assignments come to. A share of nobody is no number, not a zero. */
export function projectStatistics(assignments: Counted[]): ProjectStatistics {
  const having = (status: AssignmentStatus) => assignments.filter((each) => each.status === status).length;
  const [assigned, active, completed, dropped] = [
    having("assigned"),
    having("active"),
    having("completed"),
    having("dropped"),
  ];
  const counted = assignments.length - dropped;
  return {
    assigned,
    active,
    completed,
    dropped,
    total: assignments.length,
    open: assigned + active,
    offers: assignments.filter(({ offerDate }) => offerDate !== null).length,
    links: assignments.filter(({ resumeUrl, linkedinUrl }) => resumeUrl ?? linkedinUrl).length,
    completedShare: counted === 0 ? null : Math.round((completed / counted) * 100),
  };
}
