import { z } from "zod";
import { isDate } from "@/lib/dates";

// Years that a calendar of ours, and Postgres, can hold without anybody having mistyped one.
const FIRST_DAY = "1900-01-01";
const LAST_DAY = "2200-12-31";

/** A row's id in a form's hidden field or menu. */
export const idField = z.coerce.number().int().min(1).max(2_147_483_647);

/** The version that a form was opened with: see `editedMeanwhile`. */
export const versionField = z.coerce.number().int().min(1).max(2_147_483_647);

/** What is left empty is null. */
export const orNull = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === undefined || String(value).trim() === "" ? null : value), schema.nullable());

/** A day of the calendar, `YYYY-MM-DD`; `missing` is what is said of everything else. */
export const dayField = (missing = "This is not a date.") =>
  z
    .string()
    .trim()
    .refine((value) => isDate(value) && value >= FIRST_DAY && value <= LAST_DAY, missing);

export const textField = (most: number) => z.string().trim().max(most, `At most ${most} characters.`);

export const requiredText = (most: number, missing: string) => textField(most).min(1, missing);

function isWebAddress(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && (url.protocol === "https:" || url.protocol === "http:") && url.hostname.includes(".");
}

/** A link that others will click: nothing but the web, so that no script stands behind it. */
export const webAddressField = textField(2_000).refine(
  isWebAddress,
  "This is not a web address. It begins with https:// or http://.",
);
