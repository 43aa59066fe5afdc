import type { DateString } from "@/lib/dates";

/** One line of a pasted list: a day, or what is wrong with it. */
export type HolidayLine = { line: number; text: string } & (
  | { day: { date: DateString; name: string }; error: null }
  | { day: null; error: string }
);

export const MOST_LINES = 1_000;
export const NAME_CHARS = 100;

export function isDay(text: string): boolean {
  if (!/^(19|20)\d\d-\d\d-\d\d$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** Reads lines of `YYYY-MM-DD name`; a comma, semicolon or tab may stand between. Empty lines count for nothing. */
export function parseHolidayLines(text: string): HolidayLine[] {
  const seen = new Map<DateString, number>();
  const lines: HolidayLine[] = [];
  for (const [index, raw] of text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/)
    .entries()) {
    const trimmed = raw.trim();
    if (trimmed === "") continue;
    const line = index + 1;
    const refuse = (error: string) => lines.push({ line, text: trimmed, day: null, error });
    const [, date = "", rest = ""] = /^(\S+?)(?:[\s,;]+(.*))?$/.exec(trimmed) ?? [];
    const name = rest.replace(/^"(.*)"$/, "$1").trim();
    const before = seen.get(date);
    if (!isDay(date)) refuse("No day such as 2026-12-25 stands at its beginning.");
    else if (name === "") refuse("The name is missing.");
    else if (name.length > NAME_CHARS) refuse(`A name has at most ${NAME_CHARS} characters.`);
    else if (before) refuse(`The same day stands in line ${before} already.`);
    else {
      seen.set(date, line);
      lines.push({ line, text: trimmed, day: { date, name }, error: null });
    }
  }
  return lines;
}
