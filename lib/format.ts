import { type DateString, daysBetween } from "./dates";

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Coding time as everywhere in the product: `3 h 20 min`, `45 min`, `0 min`. Seconds are dropped, never rounded up. */
export function formatDuration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} min`;
  return minutes % 60 === 0 ? `${formatCount(hours)} h` : `${formatCount(hours)} h ${minutes % 60} min`;
}

/** Thousands set apart: `12,345`. */
export function formatCount(value: number): string {
  return String(Math.trunc(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** `27 Nov 2026`. Built from the parts, not from Intl, so that server and browser agree to the letter. */
export function formatDate(date: DateString): string {
  const [year, month, day] = date.split("-").map(Number);
  return `${day} ${MONTHS[(month ?? 1) - 1]} ${year}`;
}

/** `Fri 27 Nov 2026`. */
export function formatDateWithWeekday(date: DateString): string {
  return `${WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()]} ${formatDate(date)}`;
}

/** The days of the week, Monday first, as ISO counts them: 1 to 7. */
export const WEEKDAY_NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** `Saturday, Sunday` from 6 and 7; `none` without any. */
export const weekdaysInWords = (days: readonly number[]): string =>
  days.map((day) => WEEKDAY_NAMES[day - 1]).join(", ") || "none";

/** `15:00` from `15:00` or `15:00:00`. */
export const formatTime = (time: string): string => time.slice(0, 5);

/** How long before `now`: `just now`, `4 min ago`, `3 h ago`, `2 days ago`; from a month on the date (UTC). */
export function formatAgo(instant: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - instant.getTime()) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  const days = Math.floor(hours / 24);
  if (days < 31) return days === 1 ? "yesterday" : `${days} days ago`;
  return formatDate(instant.toISOString().slice(0, 10));
}

/** How far away a day is from today: `today`, `tomorrow`, `in 4 days`, `3 days ago`. */
export function formatDayDistance(date: DateString, today: DateString): string {
  const days = daysBetween(today, date);
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  if (days === -1) return "yesterday";
  return days > 0 ? `in ${days} days` : `${-days} days ago`;
}

/** An instant for a tooltip, exact and unambiguous: `2026-11-23 09:15 UTC`. */
export const formatInstant = (instant: Date): string => `${instant.toISOString().slice(0, 16).replace("T", " ")} UTC`;
