import type { Tone } from "@/components/ui/badge";
import type { SignupStatus } from "@/db/enums";
import type { SessionTarget, Standing } from "@/db/queries/demo-session-page";
import { formatDate } from "@/lib/format";

export const SIGNUP_TONES: Record<SignupStatus, Tone> = {
  scheduled: "neutral",
  waitlisted: "neutral",
  presented: "good",
  no_show: "bad",
  cancelled: "neutral",
};

const STANDINGS: Record<NonNullable<Standing>, string> = {
  disabled: "account disabled",
  left: "in no batch any more",
  upcoming: "batch has not begun",
  elsewhere: "in another batch",
  invited: "invited, not enrolled yet",
  paused: "paused",
  dropped: "dropped out",
  graduated: "graduated",
};

/** What of somebody's enrolment is not as expected; null when all is. */
export const standingWords = (standing: Standing): string | null => (standing ? STANDINGS[standing] : null);

export const many = (count: number, one: string, several = `${one}s`): string =>
  `${count} ${count === 1 ? one : several}`;

/** Another session in a menu: when, what, and how much room it has. */
export function targetWords({ title, sessionDate, left }: SessionTarget): string {
  const room = left === null ? "no limit" : left === 0 ? "full: they would wait" : `${many(left, "place")} left`;
  return `${formatDate(sessionDate)}, ${title} (${room})`;
}

/** What became of the sign-ups of a session that was cancelled: `6 moved, 2 of them to the waiting list; 6 people told.` */
export function leavingWords({ moved, waitlisted, told }: { moved: number; waitlisted: number; told: number }): string {
  const parts = [
    moved > 0 ? `${moved} moved${waitlisted > 0 ? `, ${waitlisted} of them to the waiting list` : ""}` : null,
    told > 0 ? `${many(told, "person", "people")} told` : null,
  ].filter(Boolean);
  return parts.length > 0 ? `The session is cancelled: ${parts.join("; ")}.` : "The session is cancelled.";
}
