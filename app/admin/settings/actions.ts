"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { getDb } from "@/db/client";
import { addHoliday, deleteHoliday, editHoliday, importHolidays } from "@/db/mutations/holiday";
import { writeAcademyNotice } from "@/db/mutations/outbox";
import { changeSetting } from "@/db/mutations/setting";
import { getSettings } from "@/db/queries/settings";
import { formAction } from "@/lib/action";
import { actorOf, requireViewer } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { isTimeZone } from "@/lib/dates";
import { type ActionResult, failure, ok } from "@/lib/errors";
import { WEEKDAY_NAMES } from "@/lib/format";
import { askToSend, notify } from "@/lib/notify/notify";
import { maySendTo } from "@/lib/notify/slack-client";
import { sealBot, sealWebhook } from "@/lib/notify/slack-secret";
import { LARGEST_ID } from "@/lib/table-params";
import { type HolidayLine, isDay, MOST_LINES, NAME_CHARS, parseHolidayLines } from "./holiday-list";

const PATH = "/admin/settings";
const version = z.coerce.number().int().min(0).max(LARGEST_ID);
const id = z.coerce.number().int().min(1).max(LARGEST_ID);

const day = z.object({
  date: z.string().trim().refine(isDay, "Give a day such as 2026-12-25."),
  name: z.string().trim().min(1, "Please give a name.").max(NAME_CHARS, `At most ${NAME_CHARS} characters.`),
});

const actor = async () => actorOf(await requireViewer(PATH));

/** The pages that show it are read anew after a change. */
function shown<T>(result: ActionResult<T>): ActionResult<T> {
  if (result.ok) revalidatePath(PATH);
  return result;
}

export const changeNameAction = formAction(
  z.object({
    academyName: z.string().trim().min(1, "Please name your academy.").max(100, "At most 100 characters."),
    version,
  }),
  async (input) => shown(await changeSetting(getDb(), await actor(), "academy_name", input.academyName, input.version)),
);

export const changeZoneAction = formAction(
  z.object({
    timeZone: z.string().trim().refine(isTimeZone, "Give a time zone such as Europe/Lisbon or America/Chicago."),
    version,
  }),
  async (input) =>
    shown(await changeSetting(getDb(), await actor(), "academy_time_zone", input.timeZone, input.version)),
);

const restDays = z
  .string()
  .max(100)
  .transform((words) => WEEKDAY_NAMES.flatMap((name, index) => (words.split(", ").includes(name) ? [index + 1] : [])))
  .refine((days) => days.length < WEEKDAY_NAMES.length, "One day of the week at least is none of rest.");

export const changeRestDaysAction = formAction(z.object({ restDays, version }), async (input) => {
  const result = await changeSetting(getDb(), await actor(), "rest_days", input.restDays, input.version);
  // The students' streaks go by it.
  if (result.ok) revalidatePath("/portal", "layout");
  return shown(result);
});

const whole = (min: number, max: number) =>
  z.coerce
    .number(`A whole number from ${min} to ${max}.`)
    .int(`A whole number from ${min} to ${max}.`)
    .min(min, `A whole number from ${min} to ${max}.`)
    .max(max, `A whole number from ${min} to ${max}.`);

const thresholds = z
  .object({
    quietWorkingDays: whole(1, 20),
    dropPercent: whole(1, 100),
    missedWeeks: whole(1, 26),
    noDemoWeeks: whole(1, 52),
    goalPercent: whole(1, 100),
    watchPoints: whole(1, 12),
    actPoints: whole(1, 12),
    version,
  })
  .refine(({ watchPoints, actPoints }) => watchPoints < actPoints, {
    path: ["actPoints"],
    message: "More points than those to watch.",
  });

export const changeThresholdsAction = formAction(thresholds, async ({ version, ...value }) =>
  shown(await changeSetting(getDb(), await actor(), "early_warning", value, version)),
);

const webhookAddress = z
  .string()
  .trim()
  .max(500, "At most 500 characters.")
  .refine((text) => URL.canParse(text), "This is not an address.")
  .refine((text) => maySendTo(text), "The address begins with https:// and has a path.");

const slackBot = z.object({
  token: z
    .string()
    .trim()
    .max(500, "At most 500 characters.")
    .regex(/^(xoxb|xoxe\.xoxb)-[\w.-]+$/, "A bot's token begins with xoxb-."),
  channel: z
    .string()
    .trim()
    .max(80, "At most 80 characters.")
    // Slack's id of a channel is taken as it is.
    .transform((name) => (/^[CG][A-Z0-9]{7,}$/.test(name) ? name : `#${name.replace(/^#/, "").toLowerCase()}`))
    .pipe(z.string().regex(/^(#[\p{L}\p{N}_-]+|[CG][A-Z0-9]{7,})$/u, "A channel's name, such as #academy.")),
  version,
});

export const changeSlackAction = formAction(z.object({ webhook: webhookAddress, version }), async (input) => {
  const who = await actor();
  if (!can(who, "settings.change")) return failure("forbidden", "Only admins change the academy's settings.");
  return shown(await changeSetting(getDb(), who, "slack_webhook", sealWebhook(input.webhook), input.version));
});

export const changeSlackBotAction = formAction(slackBot, async (input) => {
  const who = await actor();
  if (!can(who, "settings.change")) return failure("forbidden", "Only admins change the academy's settings.");
  return shown(await changeSetting(getDb(), who, "slack_webhook", sealBot(input.token, input.channel), input.version));
});

export const removeSlackAction = formAction(z.object({ version }), async (input) =>
  shown(await changeSetting(getDb(), await actor(), "slack_webhook", null, input.version)),
);

export const addHolidayAction = formAction(day, async (input) => {
  const added = await addHoliday(getDb(), await actor(), input);
  return added.ok ? shown(ok()) : added;
});

export const editHolidayAction = formAction(day.extend({ holidayId: id, version }), async ({ holidayId, ...input }) =>
  shown(await editHoliday(getDb(), await actor(), holidayId, input)),
);

export const deleteHolidayAction = formAction(z.object({ holidayId: id }), async (input) =>
  shown(await deleteHoliday(getDb(), await actor(), input.holidayId)),
);

export type ImportedLine = Omit<HolidayLine, "day"> & {
  verdict: "new" | "changed" | "same" | "error";
  was: string | null;
};
export type ImportedHolidays = { applied: boolean; lines: ImportedLine[] };

/** Looks first; `apply` does it. What is wrong is left out either way, and said. */
export const importHolidaysAction = formAction(
  z.object({ list: z.string().max(200_000), apply: z.enum(["yes", "no"]) }),
  async ({ list, apply }): Promise<ActionResult<ImportedHolidays>> => {
    const lines = parseHolidayLines(list);
    const refused = (message: string) => failure("invalid", message, { fields: { list: message } });
    if (lines.length === 0) return refused("Paste one holiday in each line, such as: 2026-12-25 Christmas Day");
    if (lines.length > MOST_LINES) return refused(`At most ${MOST_LINES} lines at once.`);
    const days = lines.flatMap(({ day: each }) => each ?? []);
    const result = await importHolidays(getDb(), await actor(), days, apply === "yes");
    if (!result.ok) return result;
    const byDate = new Map(result.data.map((each) => [each.date, each]));
    const told = lines.map(({ day: each, ...line }): ImportedLine => {
      const found = each && byDate.get(each.date);
      return { ...line, verdict: found?.verdict ?? "error", was: found?.before ?? null };
    });
    return shown(ok({ applied: apply === "yes", lines: told }));
  },
);

const MINUTE_CHARS = "2026-11-23T16:05".length;

/** Through the outbox, as every mail: so that what is tried is what will happen. One a minute. */
export const sendTestMailAction = formAction(z.object({}), async () => {
  const viewer = await requireViewer(PATH);
  if (!can(actorOf(viewer), "settings.change")) return failure("forbidden", "Only admins send test mails.");
  const occasion = `test:${new Date().toISOString().slice(0, MINUTE_CHARS)}`;
  const written = await getDb().transaction((tx) => notify(tx, [{ userId: viewer.id, kind: "test-mail", occasion }]));
  if (written === 0) return failure("rate_limited", "One is on its way already: please wait a minute before the next.");
  return ok();
});

/** Through the outbox too, to the academy's channel. One a minute. */
export const sendTestSlackAction = formAction(z.object({ version }), async (input) => {
  if (!can(await actor(), "settings.change")) return failure("forbidden", "Only admins send test messages.");
  const { slack } = await getSettings(getDb());
  if (!slack.value || slack.version !== input.version) {
    return failure("conflict", "Slack is connected otherwise by now: load this page again.");
  }
  const occasion = `test:${new Date().toISOString().slice(0, MINUTE_CHARS)}`;
  const written = await getDb().transaction((tx) => writeAcademyNotice(tx, "slack-test", occasion));
  if (!written) return failure("rate_limited", "One is on its way already: please wait a minute before the next.");
  await askToSend(getDb());
  return ok();
});
