import { eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { batch } from "@/db/schema";
import { type DateString, isDate, isTimeZone } from "@/lib/dates";
import { type Failure, failure, violatedConstraint } from "@/lib/errors";
import { formatDate } from "@/lib/format";
import { atInstant, clockTime } from "./demo-session-lock";

/** What a form about a demo session holds. */
export type SessionFields = {
  sessionDate: DateString;
  /** `HH:MM` on the clock of `timeZone`. */
  sessionTime: string;
  timeZone: string;
  title: string;
  description: string | null;
  notes: string | null;
  meetingUrl: string | null;
  /** Held for this batch alone. */
  batchId: number | null;
  /** Null is no limit. */
  maxScheduled: number | null;
  isActive: boolean;
};

const LONGEST_TITLE = 120;
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

const tidy = (text: string | null): string | null => text?.trim() || null;

/** The fields as they are stored; what is not named here is no field of a session. */
export const sessionContent = (fields: SessionFields): SessionFields => ({
  sessionDate: fields.sessionDate,
  sessionTime: clockTime(fields.sessionTime),
  timeZone: fields.timeZone,
  title: fields.title.trim(),
  description: tidy(fields.description),
  notes: tidy(fields.notes),
  meetingUrl: tidy(fields.meetingUrl),
  batchId: fields.batchId,
  maxScheduled: fields.maxScheduled,
  isActive: fields.isActive,
});

const beside = (field: string, message: string) => failure("invalid", message, { fields: { [field]: message } });

const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);

/** What is wrong with the fields by themselves; forms and the API look too, and say it for each field. */
export function refuseFields(fields: Omit<SessionFields, "sessionDate">): Failure | null {
  const { title, sessionTime, timeZone, meetingUrl, maxScheduled } = fields;
  if (title === "" || title.length > LONGEST_TITLE) {
    return beside("title", `Please give a title of at most ${LONGEST_TITLE} characters.`);
  }
  if (!CLOCK.test(sessionTime)) return beside("sessionTime", "Please give a time such as 15:00.");
  if (!isTimeZone(timeZone)) return beside("timeZone", "This time zone is not known.");
  if (meetingUrl !== null && !isWebAddress(meetingUrl)) {
    return beside("meetingUrl", "This is not a web address. It begins with https:// or http://.");
  }
  if (maxScheduled !== null && !(Number.isInteger(maxScheduled) && maxScheduled >= 1)) {
    return beside("maxScheduled", "At least one place, or no limit.");
  }
  return null;
}

/** What is wrong with a day and time: none, or one that is over. */
export async function refuseStart(
  tx: Db,
  { sessionDate, sessionTime, timeZone }: Pick<SessionFields, "sessionDate" | "sessionTime" | "timeZone">,
  now: Date,
): Promise<Failure | null> {
  if (!isDate(sessionDate)) return beside("sessionDate", "Please give the day.");
  const [row] = await tx.execute<{ begun: boolean | null }>(sql`
    select case when is_time_zone(${timeZone}::text)
      then (${sessionDate}::date + ${sessionTime}::time) at time zone ${timeZone}::text <= ${atInstant(now)} end as begun`);
  if (row?.begun === null) return beside("timeZone", "This time zone is not known.");
  return row?.begun ? beside("sessionDate", "This day and time is over already.") : null;
}

/** What is wrong with a zone on its own, where no day is given yet: the database has to compute with it. */
export async function refuseZone(tx: Db, timeZone: string): Promise<Failure | null> {
  const [row] = await tx.execute<{ known: boolean }>(sql`select is_time_zone(${timeZone}::text) as known`);
  return row?.known ? null : beside("timeZone", "This time zone is not known.");
}

/** Keeps the batch while a session refers to it; refuses one that is none. */
export async function refuseBatch(tx: Db, batchId: number | null): Promise<Failure | null> {
  if (batchId === null) return null;
  const [found] = await tx.select({ id: batch.id }).from(batch).where(eq(batch.id, batchId)).for("key share");
  return found ? null : beside("batchId", "There is no such batch: please choose one.");
}

/** Turns the unique index on the dates of what is not cancelled into an answer beside the field. */
export async function refusingTakenDate<T>(date: DateString | null, run: () => Promise<T>): Promise<T | Failure> {
  try {
    return await run();
  } catch (error) {
    if (violatedConstraint(error) !== "idx_demo_session_date_open") throw error;
    const message = `There is a demo session on ${date ? formatDate(date) : "this day"} already.`;
    return failure("conflict", message, { fields: { sessionDate: message } });
  }
}
