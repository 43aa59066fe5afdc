type Values = Record<string, unknown> | null;

/** One field of a change; null where it was not there. */
export type FieldChange = { field: string; before: string | null; after: string | null };

/** No event holds a secret; should one ever, it is not shown for that. */
const SECRET = /password|secret|token|webhook|registration_?key|nonce|hash|ciphertext|encrypted/i;
const NOT_SHOWN = "not shown";

/** `dateExpired` and `date_expired` as `Date expired`. */
export function fieldInWords(field: string): string {
  const words = field
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll(/[_.]/g, " ")
    .toLowerCase()
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function inWords(value: unknown): string | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.length === 0 ? null : value.map((each) => inWords(each) ?? "–").join(", ");
  const parts = Object.entries(value).map(([key, each]) =>
    SECRET.test(key) ? `${fieldInWords(key)}: ${NOT_SHOWN}` : `${fieldInWords(key)}: ${inWords(each) ?? "–"}`,
  );
  return parts.length === 0 ? null : parts.join("; ");
}

/** What changed, field by field, in the order in which it was written down; fields that stayed the same are left out. */
export function differenceOf(before: Values, after: Values): FieldChange[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields.flatMap((field) => {
    const [old, now] = [before?.[field], after?.[field]];
    if (SECRET.test(field)) {
      const hidden = (value: unknown) => (value === null || value === undefined ? null : NOT_SHOWN);
      return [{ field: fieldInWords(field), before: hidden(old), after: hidden(now) }];
    }
    const change = { field: fieldInWords(field), before: inWords(old), after: inWords(now) };
    return before && after && change.before === change.after ? [] : [change];
  });
}
