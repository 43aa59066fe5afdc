import type { Tone } from "@/components/ui/badge";
import type { EnrolmentStatus, SignupStatus } from "@/db/enums";
import type { DateString } from "@/lib/dates";
import { formatDate } from "@/lib/format";

export const enrolmentTone: Record<EnrolmentStatus, Tone> = {
  invited: "accent",
  active: "good",
  paused: "warn",
  dropped: "bad",
  graduated: "neutral",
};

export const signupWords: Record<SignupStatus, { label: string; tone: Tone }> = {
  scheduled: { label: "scheduled", tone: "accent" },
  waitlisted: { label: "on the waiting list", tone: "neutral" },
  presented: { label: "presented", tone: "good" },
  no_show: { label: "did not come", tone: "bad" },
  cancelled: { label: "withdrawn", tone: "neutral" },
};

export const periodWords = (from: DateString, to: DateString): string => `${formatDate(from)} – ${formatDate(to)}`;

/** `1 day with coding`, `5 days with coding`. */
export const codingDaysWords = (days: number): string =>
  days === 1 ? "1 day with coding" : `${days} days with coding`;

export const ratingWords = (rating: number): string => `${rating} of 5`;
