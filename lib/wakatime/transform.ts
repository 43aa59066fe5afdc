import type { CodingNameKind } from "@/db/enums";
import type { DateString } from "@/lib/dates";
import type { SummariesAnswer } from "./shapes";
import type { DateWindow } from "./window";

export type CodingItem = { kind: CodingNameKind; name: string; ms: number };
export type CodingDay = { date: DateString; timeZone: string; totalMs: number; items: CodingItem[] };

type Day = SummariesAnswer["data"][number];
type Entry = { name?: string | null; total_seconds: number; machine_name_id?: string | null };

const LISTS = [
  ["project", "projects"],
  ["language", "languages"],
  ["editor", "editors"],
  ["operating_system", "operating_systems"],
  ["category", "categories"],
  ["dependency", "dependencies"],
  ["machine", "machines"],
] as const satisfies [CodingNameKind, keyof Day][];

const LONGEST_NAME_CHARS = 200;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const wholeMs = (seconds: number) => Math.round(seconds * 1000);

/** As the database can hold it: well-formed, without NUL, of bounded length; a nameless thing is "Unknown". */
function cleanName(name: string | null | undefined): string {
  const text = (name ?? "").toWellFormed().replaceAll("\0", "").trim();
  const short = text.length > LONGEST_NAME_CHARS ? Array.from(text).slice(0, LONGEST_NAME_CHARS).join("").trim() : text;
  return short || "Unknown";
}

/** A machine's name is a host name and an address, which are personal: only its opaque id is kept. */
function nameOf(kind: CodingNameKind, entry: Entry): string | undefined {
  if (kind !== "machine") return cleanName(entry.name);
  const id = entry.machine_name_id;
  return id && UUID.test(id) ? id.toLowerCase() : undefined;
}

function itemsOf(day: Day): CodingItem[] {
  const items = new Map<string, CodingItem>();
  for (const [kind, key] of LISTS) {
    for (const entry of day[key]) {
      const name = nameOf(kind, entry);
      const ms = wholeMs(entry.total_seconds);
      if (name === undefined || ms === 0) continue;
      const known = items.get(`${kind}\0${name}`);
      if (known) known.ms += ms;
      else items.set(`${kind}\0${name}`, { kind, name, ms });
    }
  }
  return [...items.values()];
}

/**
 * The days of a summaries answer that lie in the asked window. A day of zeros is a day; a day that was not returned
 * is none. `timeZone` is the zone that was asked for: it decided where the days begin, whatever the answer calls it.
 */
export function codingDays(
  answer: SummariesAnswer,
  { from, to, timeZone }: DateWindow & { timeZone: string },
): CodingDay[] {
  const days = new Map<DateString, CodingDay>();
  for (const day of answer.data) {
    const date = day.range.date ?? "";
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || date < from || date > to) continue;
    days.set(date, { date, timeZone, totalMs: wholeMs(day.grand_total.total_seconds), items: itemsOf(day) });
  }
  return [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}
