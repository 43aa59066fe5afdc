import { z } from "zod";
import { isTimeZone } from "@/lib/dates";
import type { Weekday } from "@/lib/demo-sessions/weekly-rule";
import { dayField, idField, orNull, requiredText, textField, webAddressField } from "@/lib/form-fields";
import { MOST_DATES, MOST_PLACES, MOST_WEEKS_AHEAD } from "./session-limits";

const PLACES = "A number of places from 1, or choose “No limit”.";

/** What every form about sessions has, but for the day: `SessionFields` as fields of a form. */
export const sessionContent = {
  sessionTime: z
    .string()
    .trim()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Please give a time such as 15:00."),
  timeZone: z.string().trim().refine(isTimeZone, "This time zone is not known. One that is: Europe/Lisbon."),
  title: requiredText(120, "Please give a title."),
  description: orNull(textField(2_000)),
  meetingUrl: orNull(webAddressField),
  // Absent is no limit: see `readLimit`. What was left empty is a mistake, never a choice.
  maxScheduled: z
    .string()
    .trim()
    .transform(Number)
    .pipe(z.number(PLACES).int(PLACES).min(1, PLACES).max(MOST_PLACES, `At most ${MOST_PLACES} places.`))
    .optional()
    .transform((places) => places ?? null),
};

const own = {
  ...sessionContent,
  notes: orNull(textField(2_000)),
  batchId: orNull(idField),
  isActive: z
    .literal("on")
    .optional()
    .transform((value) => value === "on"),
};

/** A session by itself: what a form that makes or changes one has. */
export const sessionFields = { sessionDate: dayField("Please give the day."), ...own };

/** Before a schema reads them: “No limit” takes the number away that may still stand beside it. */
export const readLimit = (raw: unknown): unknown =>
  typeof raw === "object" && raw !== null && "limit" in raw && raw.limit === "none"
    ? { ...raw, maxScheduled: undefined }
    : raw;

export const newSessionSchema = z.preprocess(readLimit, z.object(sessionFields));

const datesField = z
  .string()
  .transform((text) => [...new Set(text.split(",").filter((date) => date !== ""))].sort())
  .pipe(
    z
      .array(dayField("One of these is not a date."))
      .min(1, "Please leave at least one date ticked.")
      .max(MOST_DATES, `At most ${MOST_DATES} at once.`),
  );

export const newSessionsSchema = z.preprocess(readLimit, z.object({ dates: datesField, ...own }));

const countField = (most: number) => {
  const message = `A number from 1 to ${most}.`;
  return z.coerce.number(message).int(message).min(1, message).max(most, message);
};

export const ruleSchema = z.preprocess(
  readLimit,
  z.object({
    // 0 while nobody has set a rule yet.
    version: z.coerce.number().int().min(0).max(2_147_483_647),
    weekday: z
      .enum(["1", "2", "3", "4", "5", "6", "7"], "Please choose a weekday.")
      .transform((day) => Number(day) as Weekday),
    ...sessionContent,
    weeksAhead: countField(MOST_WEEKS_AHEAD),
    active: own.isActive,
  }),
);
