import type { Tone } from "@/components/ui/badge";
import type { SessionState, SignupStatus } from "@/db/enums";
import type { Standing } from "@/db/queries/portal-sessions";
import { formatCount, formatDate } from "@/lib/format";

/** What a student may be told of a session's state; under way it is neither open nor past. */
export function stateWords(session: { state: SessionState; hasBegun: boolean }): { label: string; tone: Tone } {
  const { state, hasBegun } = session;
  if (state === "cancelled") return { label: "cancelled", tone: "bad" };
  if (state === "past") return { label: "past", tone: "neutral" };
  if (hasBegun) return { label: "has begun", tone: "accent" };
  if (state === "closed") return { label: "sign-ups closed", tone: "neutral" };
  return state === "full" ? { label: "full", tone: "warn" } : { label: "open", tone: "good" };
}

type Places = { maxScheduled: number | null; taken: number; waiting: number };

const people = (count: number): string => (count === 1 ? "1 person" : `${formatCount(count)} people`);

/** `3 of 8 places left`, `all 8 places taken, 2 people waiting`, `no limit, 5 people signed up`. */
export function placesWords({ maxScheduled, taken, waiting }: Places): string {
  const line = waiting > 0 ? `, ${people(waiting)} waiting` : "";
  if (maxScheduled === null) {
    return taken === 0 ? "no limit, nobody has signed up yet" : `no limit, ${people(taken)} signed up`;
  }
  const left = Math.max(0, maxScheduled - taken);
  if (left > 0) return `${formatCount(left)} of ${formatCount(maxScheduled)} places left${line}`;
  return `${maxScheduled === 1 ? "the one place is taken" : `all ${formatCount(maxScheduled)} places taken`}${line}`;
}

/** Why somebody cannot sign up for anything at the moment; null when they can. */
export function standingBar({ batchName, status, period, fromDate }: Standing): string | null {
  if (status === null) return "You are in no batch at the moment, so you cannot sign up. Your academy can enrol you.";
  if (status === "dropped") return `You have left ${batchName}, so you cannot sign up.`;
  if (status === "graduated") return `You have graduated from ${batchName}: places are for those still in class.`;
  if (period === "after") return `Your time in ${batchName} is over, so you cannot sign up.`;
  if (period === "before")
    return `You can sign up once you are in ${batchName}, from ${formatDate(fromDate ?? "")} on.`;
  if (status === "invited") return `You can sign up once your place in ${batchName} is taken up.`;
  if (status === "paused") {
    return `Your enrolment in ${batchName} is paused: you can sign up again once it goes on. Places that you have stay yours.`;
  }
  return null;
}

type Joined = { state: SessionState; hasBegun: boolean; batchId: number | null; batchName: string | null };

/** Why this session in particular cannot be joined; null when it can, be it by its waiting list. */
export function sessionBar(session: Joined, standing: Standing): string | null {
  if (session.state === "cancelled") return "This session is cancelled.";
  if (session.state === "past" || session.hasBegun) return "It has begun, so nobody can sign up any more.";
  if (session.state === "closed") return "Your academy has closed the sign-ups for this session.";
  if (session.batchId !== null && session.batchId !== standing.batchId) {
    return `Only students of ${session.batchName} present here.`;
  }
  return null;
}

type Own = { status: SignupStatus; place: number | null; runningOrder: number | null };

/** How one's own sign-up stands while the session is still to come. */
export function ownWords({ status, place, runningOrder }: Own): { label: string; tone: Tone } {
  switch (status) {
    case "scheduled":
      return { label: runningOrder ? `you present, number ${runningOrder} in the order` : "you present", tone: "good" };
    case "waitlisted":
      return { label: place ? `waiting list, place ${formatCount(place)}` : "on the waiting list", tone: "warn" };
    case "presented":
      return { label: "you presented", tone: "good" };
    case "no_show":
      return { label: "you did not come", tone: "bad" };
    default:
      return { label: "withdrawn", tone: "neutral" };
  }
}

/** What came of a sign-up once the session is over. */
export function pastWords(status: SignupStatus, isCancelled: boolean): { label: string; tone: Tone } {
  if (status === "presented") return { label: "presented", tone: "good" };
  if (status === "no_show") return { label: "did not come", tone: "bad" };
  if (status === "cancelled") return { label: "withdrawn", tone: "neutral" };
  if (isCancelled) return { label: "session cancelled", tone: "neutral" };
  return status === "waitlisted"
    ? { label: "no place came free", tone: "neutral" }
    : { label: "not marked yet", tone: "neutral" };
}
