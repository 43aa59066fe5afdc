/**
 * Fields as they came from outside, without what no text of ours has and Postgres refuses: the NUL character, and halves
 * of a character that stand alone, which become the sign for an unreadable one.
 */
export function withoutNul(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("\0", "").toWellFormed();
  if (Array.isArray(value)) return value.map(withoutNul);
  if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutNul(each)]));
}
