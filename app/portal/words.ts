import type { OverviewPeriod } from "@/db/enums";
import type { NoMedian, OverviewSpan, StudentOverview } from "@/db/queries/student-overview-shape";
import type { DateString } from "@/lib/dates";
import { formatDate, formatDayDistance, formatDuration } from "@/lib/format";

/** The batch beside the name, and how one stands in it. */
export function batchWords({ batch, today }: Pick<StudentOverview, "batch" | "today">): string {
  if (!batch) return "You are in no batch at the moment.";
  if (batch.status !== "active") return `${batch.name} (${batch.status})`;
  if (batch.inClass) return batch.name;
  return batch.startDate > today
    ? `${batch.name}, begins ${formatDayDistance(batch.startDate, today)}`
    : `${batch.name}, over`;
}

const ZONE_OF = { student: "your own zone", batch: "your batch’s zone", academy: "the academy’s zone" } as const;

/** `Europe/Berlin, your batch’s zone`. */
export const zoneWords = ({ zone, zoneOf }: Pick<StudentOverview, "zone" | "zoneOf">): string =>
  `${zone}, ${ZONE_OF[zoneOf]}`;

const WEEKDAYS = ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"];

/** Days of the week by their numbers, 1 is Monday: `Saturdays and Sundays`. */
export function restDaysWords(days: readonly number[]): string {
  const names = days.map((day) => WEEKDAYS[day - 1]).filter((name) => name !== undefined);
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

export const daysWords = (days: number): string => (days === 1 ? "1 day" : `${days} days`);

export const periodLabel = (period: OverviewPeriod): string => (period === "batch" ? "Batch" : `${period} days`);

/** When what is shown of today was told: by a sync, or by WakaTime since; null when it never was. */
export function todayKnownAt({
  connection,
  todayLive,
}: Pick<StudentOverview, "connection" | "todayLive">): string | null {
  const synced = connection?.lastSyncedAt ?? null;
  if (!todayLive || !synced) return todayLive?.at ?? synced;
  return Date.parse(todayLive.at) > Date.parse(synced) ? todayLive.at : synced;
}

/** Why another period is shown than the one that was asked for. */
export const insteadWords: Record<NonNullable<OverviewSpan["instead"]>, string> = {
  no_batch: "You are in no batch, so these are the last 30 days.",
  not_begun: "Your time in the batch has not begun, so these are the last 30 days.",
};

export const noMedianWords: Record<NoMedian, string> = {
  no_batch: "There is one once you are in a batch.",
  not_in_class: "There is one while you are active in a batch.",
  too_few: "Shown once five students of your batch have data, so that it tells of nobody in particular.",
};

const MINUTE_MS = 60_000;

/** One’s own seven days beside the median of the batch. */
export function comparedWords(ownMs: number | null, medianMs: number): string {
  if (ownMs === null) return "You have no data for these days.";
  // The difference of what is shown, which has no seconds.
  const apart = Math.floor(ownMs / MINUTE_MS) - Math.floor(medianMs / MINUTE_MS);
  if (apart === 0) return "You have as much.";
  return `You have ${formatDuration(Math.abs(apart) * MINUTE_MS)} ${apart > 0 ? "more" : "less"}.`;
}

/** `17 Nov – 23 Nov 2026`: the year once where it is one. */
export function rangeWords(from: DateString, to: DateString): string {
  if (from === to) return formatDate(to);
  const first = from.slice(0, 4) === to.slice(0, 4) ? formatDate(from).slice(0, -5) : formatDate(from);
  return `${first} – ${formatDate(to)}`;
}
