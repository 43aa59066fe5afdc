import { z } from "zod";
import type { Db } from "@/db/client";
import { getRangeStats, type RangeStats } from "@/db/queries/range-stats";
import { type DateString, daysBetween, eachDay } from "@/lib/dates";
import { type ActionResult, failure, ok } from "@/lib/errors";
import type { WakatimeAccess } from "./access";
import { fetchMissing } from "./range-stats-fetch";
import { type MissingReason, sayMissing } from "./range-stats-missing";
import { listsJson, summariesJson } from "./summary-json";
import type { CodingItem } from "./transform";

const LONGEST_RANGE_DAYS = 366;
/** Before this there is no coding time; it also keeps the years to those the database counts. */
const FIRST_DATE = "2000-01-01";

const date = z.iso
  .date({ error: "Give a date as YYYY-MM-DD.", abort: true })
  .refine((value) => value >= FIRST_DATE, { error: `The first date is ${FIRST_DATE}.`, abort: true });

/** What a caller may ask: both dates included. That the end is not in the future is a matter of the person's zone. */
export const rangeSchema = z
  .object({ start: date, end: date })
  .refine(({ start, end }) => start <= end, { path: ["start"], message: "The start comes after the end." })
  .refine(({ start, end }) => start > end || daysBetween(start, end) < LONGEST_RANGE_DAYS, {
    path: ["start"],
    message: `Ask for at most ${LONGEST_RANGE_DAYS} days.`,
  });

type Options = {
  db: Db;
  /** Null where this installation cannot speak to WakaTime. */
  access: WakatimeAccess | null;
  userId: number;
  range: z.infer<typeof rangeSchema>;
  now: () => Date;
  budgetMs?: number;
};

/**
 * One person's coding time from `start` to `end`, from the database. Past days that it does not have are fetched first,
 * once and within a few seconds; what is missing after that is named, never counted as zero.
 */
export async function readRangeStats(options: Options) {
  const { db, userId, now } = options;
  const range = { from: options.range.start, to: options.range.end };
  let stats = await getRangeStats(db, userId, range, now());
  if (range.to > stats.today) {
    const end = `Today is ${stats.today}: ask for no later day.`;
    return failure("invalid", `end: ${end}`, { fields: { end } });
  }
  const fetched = await fetchMissing(options, stats, missingDates(stats, range));
  if (fetched.asked) stats = await getRangeStats(db, userId, range, now());
  return ok(answer(stats, missingDates(stats, range), fetched.reason)) satisfies ActionResult<unknown>;
}

function missingDates({ days }: RangeStats, { from, to }: { from: DateString; to: DateString }): DateString[] {
  const known = new Set(days.map((day) => day.date));
  return eachDay(from, to).filter((each) => !known.has(each));
}

const named = (items: RangeStats["items"]): CodingItem[] => items.map(([kind, name, ms]) => ({ kind, name, ms }));

function answer(stats: RangeStats, missing: DateString[], reason: MissingReason | null) {
  const { totalMs, startsAt, endsAt, today } = stats;
  const days = stats.days.map((day) => ({ ...day, items: named(day.items) }));
  return {
    stats: {
      ...summariesJson({ days, totalMs, startsAt, endsAt, today }),
      /** The lists over the whole range, so that nobody has to add up days. */
      totals: listsJson(named(stats.items)),
      missing_dates: missing,
      as_of: stats.lastSyncedAt && new Date(stats.lastSyncedAt).toISOString(),
    },
    message: sayMissing(missing, stats, reason),
  };
}
