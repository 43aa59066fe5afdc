import type { CodingNameKind } from "@/db/enums";
import { uuidFrom } from "@/db/seed/demo-person";
import { addDays, type DateString } from "@/lib/dates";
import type { Heartbeat } from "./heartbeats";
import { startOfDay } from "./local-day";

/** Time from a heartbeat to the next one, credited to the earlier; milliseconds since 1970. */
export type Span = { from: number; to: number; beat: Heartbeat };

export type SpanRules = { timeZone: string; timeoutMinutes: number; writesOnly: boolean };

const MINUTE_MS = 60_000;

/** One sequence per person, whatever the project; a pause longer than the timeout gives nothing (contract 7.1). */
export function spansOf(beats: readonly Heartbeat[], { timeoutMinutes, writesOnly }: SpanRules): Span[] {
  const used = writesOnly ? beats.filter((beat) => beat.is_write) : beats;
  const sorted = [...used].sort((a, b) => a.ms - b.ms);
  return sorted.flatMap((beat, index) => {
    const to = sorted[index + 1]?.ms ?? beat.ms;
    return to > beat.ms && to - beat.ms <= timeoutMinutes * MINUTE_MS ? [{ from: beat.ms, to, beat }] : [];
  });
}

/** The spans of a local day, cut at its midnights; null when nothing of the person's falls on it. */
export function spansOfDay(beats: readonly Heartbeat[], date: DateString, rules: SpanRules): Span[] | null {
  const starts = startOfDay(date, rules.timeZone);
  const ends = startOfDay(addDays(date, 1), rules.timeZone);
  const cut = spansOf(beats, rules)
    .map((span) => ({ ...span, from: Math.max(span.from, starts), to: Math.min(span.to, ends) }))
    .filter((span) => span.to > span.from);
  return cut.length > 0 || beats.some((beat) => beat.ms >= starts && beat.ms < ends) ? cut : null;
}

/** As WakaTime shows a category: `writing docs` as `Writing Docs`. */
const displayCase = (category: string) =>
  category.replace(/\b[a-z]+/g, (word) => (word === "ai" ? "AI" : word.charAt(0).toUpperCase() + word.slice(1)));

export const machineIdOf = (host: string): string => uuidFrom(`machine:${host}`);

/** What of a heartbeat each list is made of: dependencies are many, or none. */
export const NAMES_OF: Record<CodingNameKind, (beat: Heartbeat) => string[]> = {
  project: (beat) => [beat.project || "Unknown Project"],
  language: (beat) => [beat.language || "Other"],
  category: (beat) => [displayCase(beat.category)],
  editor: (beat) => [beat.editor],
  operating_system: (beat) => [beat.os],
  machine: (beat) => [beat.machine],
  dependency: (beat) => beat.dependencies,
};
const KINDS = Object.keys(NAMES_OF) as CodingNameKind[];

/** Totals of a day's spans: each list sums to the day, except the dependencies. */
export function sumSpans(spans: Span[]) {
  const items = new Map<string, { kind: CodingNameKind; name: string; ms: number }>();
  for (const { from, to, beat } of spans) {
    for (const kind of KINDS) {
      for (const name of NAMES_OF[kind](beat)) {
        const item = items.get(`${kind} ${name}`) ?? { kind, name, ms: 0 };
        item.ms += to - from;
        items.set(`${kind} ${name}`, item);
      }
    }
  }
  return { totalMs: spans.reduce((sum, { from, to }) => sum + to - from, 0), items: [...items.values()] };
}
