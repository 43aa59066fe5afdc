import { z } from "zod";
import { isTimeZone } from "@/lib/dates";
import { type ActionResult, type Failure, failure, ok } from "@/lib/errors";
import { dayField, idField, textField, webAddressField } from "@/lib/form-fields";

const TITLE_CHARS = 120;
const TEXT_CHARS = 2_000;
/** The bounds of the forms (app/admin/demo-sessions/session-input.ts). */
const MOST_PLACES = 1_000;
const MOST_AT_ONCE = 104;
/** v1's own defaults; the rest may be left out. */
const V1_TIME = "15:00";
const V1_TITLE = "Friday Demo Session";

/** An id of the path, or the failure to answer. */
export function pathId(value: string | undefined, field: string): ActionResult<number> {
  const parsed = idField.safeParse(value);
  return parsed.success
    ? ok(parsed.data)
    : failure("invalid", `${field}: an id is a whole number.`, { fields: { [field]: "An id is a whole number." } });
}

/** What v1 answers to a deletion. */
export const noContent = () => new Response(null, { status: 204, headers: { "Cache-Control": "private, no-store" } });

const V1_NAMES: Record<string, string> = {
  meetingUrl: "zoom_link",
  notes: "signup_notes",
  rating: "presentation_rating",
};
const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A refusal with the names that the fields have in v1; `own` are those that are called otherwise here. */
export function v1Failure(refused: Failure, own: Record<string, string> = V1_NAMES): Failure {
  if (!refused.fields) return refused;
  const fields = Object.entries(refused.fields).map(([name, text]) => [own[name] ?? snakeCase(name), text]);
  return { ...refused, fields: Object.fromEntries(fields) };
}

/** The notes of a session are called as in v1; only a sign-up's are not. */
export const v1SessionFailure = (refused: Failure) =>
  v1Failure(refused, { meetingUrl: "zoom_link", dates: "session_date" });

export const v1Text = textField(TEXT_CHARS)
  .transform((value) => value || null)
  .nullable();
const link = z
  .union([z.literal("").transform(() => null), webAddressField], "This is not a web address. It begins with https://.")
  .nullable();
/** v1 wrote seconds, which no session has. */
const sessionTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d(:00(\.0+)?)?$/, "A time is written as 15:00.")
  .transform((value) => value.slice(0, 5));
const timeZone = z.string().refine(isTimeZone, "A time zone is written as America/Chicago.");
const title = textField(TITLE_CHARS);
const places = z
  .number()
  .int()
  .min(1, "At least one place; null is no limit.")
  .max(MOST_PLACES, `Up to ${MOST_PLACES}; null is no limit.`)
  .nullable();

/** DemoSessionCreate, and what v1 did not have: zone (the academy's when left out) and batch. */
export const sessionCreateSchema = z.object({
  session_date: dayField(),
  session_time: sessionTime.nullish().transform((value) => value ?? V1_TIME),
  time_zone: timeZone.nullish(),
  is_active: z.boolean().default(true),
  is_cancelled: z.literal(false, "A session is cancelled after it was created.").default(false),
  max_scheduled: places.default(null),
  title: title.nullish().transform((value) => value || V1_TITLE),
  description: v1Text.default(null),
  notes: v1Text.default(null),
  zoom_link: link.default(null),
  batch_id: idField.nullish(),
});
export type V1SessionCreate = z.infer<typeof sessionCreateSchema>;

export const bulkCreateSchema = z
  .array(sessionCreateSchema)
  .max(MOST_AT_ONCE, `Up to ${MOST_AT_ONCE} at once, please.`);

/**
 * DemoSessionUpdate: what is left out stays as it is, and so does null where a session needs a value; null takes away
 * the limit, a text or the link. Below the line is what v1 did not have.
 */
export const sessionUpdateSchema = z.object({
  session_date: dayField().nullish(),
  session_time: sessionTime.nullish(),
  is_active: z.boolean().nullish(),
  is_cancelled: z.boolean().nullish(),
  max_scheduled: places.optional(),
  title: title.nullish(),
  description: v1Text.optional(),
  notes: v1Text.optional(),
  zoom_link: link.optional(),
  // ---
  time_zone: timeZone.nullish(),
  batch_id: idField.nullable().optional(),
  version: z.number().int().optional(),
  /** Whether those who are signed up hear of it. */
  tell: z.boolean().default(true),
  /** Of a limit below what is taken: the last ones wait instead. */
  overflow: z.literal("wait").optional(),
  cancel_reason: v1Text.default(null),
  /** Of a cancellation: where the sign-ups go. */
  signups: z.enum(["keep", "move"]).default("keep"),
  target_id: idField.optional(),
});
export type V1SessionUpdate = z.infer<typeof sessionUpdateSchema>;

const flag = z
  .enum(["true", "1", "yes", "on", "false", "0", "no", "off"])
  .transform((value) => ["true", "1", "yes", "on"].includes(value));

export const sessionListQuery = z.object({
  include_inactive: flag.default(false),
  include_cancelled: flag.default(false),
});

/** What becomes of the sign-ups of a session that is deleted. */
export const sessionDeleteQuery = z.object({
  signups: z.enum(["delete", "move"]).optional(),
  target_id: idField.optional(),
  tell: flag.default(true),
});
export type V1SessionDelete = z.infer<typeof sessionDeleteQuery>;
