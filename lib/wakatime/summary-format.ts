import type { DateString } from "@/lib/dates";

// How WakaTime spells time (contract section 3.3). The stand-in in e2e/fakes/wakatime/format.ts says the same in code
// of its own, on purpose: each is the other's check.

const two = (value: number) => String(value).padStart(2, "0");
const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;

const parts = (ms: number) => {
  const whole = Math.floor(ms / 1000);
  return { hours: Math.floor(whole / 3600), minutes: Math.floor((whole % 3600) / 60), seconds: whole % 60 };
};

/** `2 hrs 17 mins`, `6 hrs`, `16 mins`; only under a minute the seconds: `51 secs`. */
export function spellTime(ms: number): string {
  const { hours, minutes, seconds } = parts(ms);
  if (hours === 0) return minutes === 0 ? plural(seconds, "sec") : plural(minutes, "min");
  return minutes === 0 ? plural(hours, "hr") : `${plural(hours, "hr")} ${plural(minutes, "min")}`;
}

/** Hours and minutes as a decimal number of hours, the seconds dropped. */
const decimalHours = (hours: number, minutes: number) => (hours + minutes / 60).toFixed(2);

/** A day's or a range's whole time: `digital` is `2:17`. */
export function spellTotal(ms: number) {
  const { hours, minutes } = parts(ms);
  const digital = `${hours}:${two(minutes)}`;
  const decimal = decimalHours(hours, minutes);
  return { hours, minutes, total_seconds: ms / 1000, digital, decimal, text: spellTime(ms) };
}

/** One entry of a list: `digital` is `2:17:09`, `percent` its share of `listMs`, the sum of its own list. */
export function spellItem(name: string, ms: number, listMs: number) {
  const { hours, minutes, seconds } = parts(ms);
  return {
    name,
    total_seconds: ms / 1000,
    digital: `${hours}:${two(minutes)}:${two(seconds)}`,
    decimal: decimalHours(hours, minutes),
    text: spellTime(ms),
    hours,
    minutes,
    seconds,
    percent: listMs > 0 ? Number(((ms / listMs) * 100).toFixed(2)) : 0,
  };
}

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function ordinal(day: number): string {
  const teen = day > 10 && day < 20;
  return `${day}${(!teen && { 1: "st", 2: "nd", 3: "rd" }[day % 10]) || "th"}`;
}

/** `Today`, else `Tue Aug 18th 2026`. */
export function spellDate(date: DateString, today: DateString): string {
  if (date === today) return "Today";
  const at = new Date(`${date}T00:00:00Z`);
  const words = [WEEKDAYS[at.getUTCDay()], MONTHS[at.getUTCMonth()], ordinal(at.getUTCDate()), at.getUTCFullYear()];
  return words.join(" ");
}
