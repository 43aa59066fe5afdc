// The product spells time in lib/wakatime/summary-format.ts. This is not that code, on purpose: each is the other's check.
const HOUR = 3600;
const MINUTE = 60;

const two = (value: number) => String(value).padStart(2, "0");
const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;

const split = (seconds: number) => ({
  hours: Math.floor(seconds / HOUR),
  minutes: Math.floor((seconds % HOUR) / MINUTE),
  seconds: Math.floor(seconds % MINUTE),
});

/** `2 hrs 17 mins`, `6 hrs`, `16 mins`; under a minute `51 secs`. */
export function humanText(total: number): string {
  const { hours, minutes, seconds } = split(total);
  if (hours > 0) return plural(hours, "hr") + (minutes > 0 ? ` ${plural(minutes, "min")}` : "");
  return minutes > 0 ? plural(minutes, "min") : plural(seconds, "sec");
}

/** `H:MM`, the hours not padded. */
export const digital = (total: number) => `${split(total).hours}:${two(split(total).minutes)}`;

/** Hours with two decimals, the seconds dropped. */
export function decimal(total: number): string {
  const { hours, minutes } = split(total);
  return (hours + minutes / 60).toFixed(2);
}

export function grandTotal(total: number) {
  const { hours, minutes } = split(total);
  return {
    hours,
    minutes,
    total_seconds: total,
    digital: digital(total),
    decimal: decimal(total),
    text: humanText(total),
  };
}

/** An item of a list; `percent` is its share of `listTotal`, the sum of its own list. */
export function listItem(name: string, total: number, listTotal: number) {
  const { hours, minutes, seconds } = split(total);
  return {
    name,
    total_seconds: total,
    digital: `${hours}:${two(minutes)}:${two(seconds)}`,
    decimal: decimal(total),
    text: humanText(total),
    hours,
    minutes,
    seconds,
    percent: listTotal > 0 ? Number(((total / listTotal) * 100).toFixed(2)) : 0,
  };
}
