import type { Tone } from "@/components/ui/badge";
import type { DemoPlace } from "@/db/queries/portal-demos";
import { formatDateWithWeekday } from "@/lib/format";

const STANDS: Record<DemoPlace["status"], string> = {
  scheduled: "you present",
  waitlisted: "waiting list",
  presented: "presented",
  no_show: "did not come",
};

/** How a sign-up with the demo stands: `you present`, `no place came free`. */
export function placeWords({ status, isCancelled, hasBegun }: DemoPlace): { label: string; tone: Tone } {
  if (status === "presented") return { label: "presented", tone: "good" };
  if (isCancelled) return { label: "session cancelled", tone: "neutral" };
  if (status === "no_show") return { label: STANDS.no_show, tone: "bad" };
  if (!hasBegun) return { label: STANDS[status], tone: status === "scheduled" ? "good" : "warn" };
  return { label: status === "waitlisted" ? "no place came free" : "not marked yet", tone: "neutral" };
}

/** `Fri 27 Nov 2026, you present`: a sign-up in a sentence. */
export const signupWords = (place: DemoPlace): string =>
  `${formatDateWithWeekday(place.sessionDate)}, ${placeWords(place).label}`;
