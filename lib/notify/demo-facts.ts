import { z } from "zod";
import type { Db } from "@/db/client";
import type { DemoNoticeKind } from "@/db/mutations/demo-notices";
import { getSignupState, listSessionFacts, momentOf, type SignupState } from "@/db/queries/demo-notice";
import { isDate, isTimeZone } from "@/lib/dates";
import type { SignupTold } from "./session-words";

type Dropped = { dropped: string };

export const snapshot = z.object({
  id: z.number().int(),
  title: z.string(),
  date: z.string().refine(isDate),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:\d\d)?$/),
  timeZone: z.string().refine(isTimeZone),
});

/** Absent and null are the same: payloads are written in many places. */
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? null);

const payloadSchema = z.object({
  session: snapshot,
  signupId: z.number().int(),
  was: optional(snapshot),
  reason: optional(z.string()),
  linkChanged: optional(z.boolean()),
  restored: optional(z.boolean()),
});

const BEGUN: Dropped = { dropped: "The demo session had begun before this could be sent." };
const CANCELLED: Dropped = { dropped: "The demo session was cancelled before this could be sent." };
const GONE: Dropped = { dropped: "The demo session was deleted before this could be sent." };
const WITHDRAWN: Dropped = { dropped: "They had withdrawn before this could be sent." };

/** What a sign-up must still be for its notice to be true. */
const TRUE_WHILE: Partial<Record<DemoNoticeKind, { of: SignupState["status"][]; else: Dropped }>> = {
  "demo-promoted": { of: ["scheduled"], else: { dropped: "They no longer had the place when this could be sent." } },
  "demo-waitlisted": { of: ["waitlisted"], else: { dropped: "They were no longer waiting when this could be sent." } },
  "demo-reminder": { of: ["scheduled"], else: { dropped: "They no longer had a place when this could be sent." } },
  "demo-moved": { of: ["scheduled", "waitlisted"], else: WITHDRAWN },
  "demo-changed": { of: ["scheduled", "waitlisted"], else: WITHDRAWN },
};

/**
 * What is so now about the session and sign-up of a notice, or why nobody is to be told any more: plans change between
 * the writing and the sending, and a mail that is no longer true is worse than none.
 */
export async function signupTold(
  db: Db,
  kind: DemoNoticeKind,
  payload: unknown,
  zone: string,
  now: Date,
): Promise<SignupTold | Dropped> {
  const parsed = payloadSchema.safeParse(payload);
  if (!parsed.success) return { dropped: "It does not say which sign-up it is about." };
  const { session: then, signupId, was, reason, linkChanged, restored } = parsed.data;
  const told = {
    was: was ? await momentOf(db, was) : null,
    queue: null,
    reason,
    linkChanged: linkChanged ?? false,
    restored: restored ?? false,
    zone,
    now,
  };
  // Gone or called off: as it was, also when the news is late.
  if (kind === "demo-deleted") return { ...told, session: await momentOf(db, then) };
  const [session] = await listSessionFacts(db, [then.id]);
  if (kind === "demo-cancelled") {
    if (session && !session.isCancelled) return { dropped: "The demo session takes place after all." };
    return { ...told, session: await momentOf(db, then) };
  }
  if (!session) return GONE;
  if (session.isCancelled) return CANCELLED;
  if (new Date(session.startsAt) <= now) return BEGUN;
  if (kind === "demo-reminder" && session.date !== then.date) {
    return { dropped: "The demo session was put on another day before this could be sent." };
  }
  const signup = await getSignupState(db, signupId);
  const needed = TRUE_WHILE[kind];
  if (!signup || signup.sessionId !== session.id) return WITHDRAWN;
  if (needed && !needed.of.includes(signup.status)) return needed.else;
  // Why they had to move stands with the session that they had to leave.
  const [left] = kind === "demo-moved" && was ? await listSessionFacts(db, [was.id]) : [];
  return { ...told, reason: reason ?? left?.cancelReason ?? null, session, queue: signup.queue };
}
