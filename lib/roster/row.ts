import { type EnrolmentStatus, enrolmentStatuses } from "@/db/enums";
import { emailSchema, phoneSchema } from "@/lib/auth/credentials";
import { type DateString, isDate, isTimeZone } from "@/lib/dates";
import type { RosterField, RosterMapping } from "./fields";

/** What a row says of a person; an empty cell says nothing. */
export type RosterRow = {
  row: number;
  /** In lower case; as it stands in the file where it is no address. */
  email: string;
  name: string;
  batch: string;
  status: EnrolmentStatus | null;
  startDate: DateString | null;
  phone: string | null;
  timeZone: string | null;
  /** What is wrong with it by itself, each a whole sentence. */
  faults: string[];
  cells: string[];
};

const MAX_NAME_CHARS = 100;
const FIRST_YEAR = 2000;
const LAST_YEAR = 2099;

/** Signs that take no room and come along when text is copied from a page. */
const INVISIBLE = /[\u200B\u2060\uFEFF]/g;

/** A cell as it is meant: one line, without the apostrophe that keeps a spreadsheet from reading a formula. */
const clean = (cell: string): string =>
  cell
    .normalize("NFC")
    .replace(INVISIBLE, "")
    .replace(/\s*[\r\n\t\u2028\u2029]+\s*/g, " ")
    .trim()
    .replace(/^'(?=[=+\-@])/, "");

function dateFault(value: string): string | null {
  if (!isDate(value)) return `The start date ${quoted(value)} is not a date: write it as 2026-09-01.`;
  const year = Number(value.slice(0, 4));
  return year < FIRST_YEAR || year > LAST_YEAR ? `The start date ${value} cannot be right.` : null;
}

const MAX_SHOWN_CHARS = 60;
export const quoted = (value: string): string =>
  `“${value.length > MAX_SHOWN_CHARS ? `${value.slice(0, MAX_SHOWN_CHARS)}…` : value}”`;

function nameFaults(name: string): string[] {
  if (name === "") return ["There is no name."];
  if (/^[=+@]/.test(name)) return ["The name begins like a formula (with =, + or @)."];
  return [...name].length > MAX_NAME_CHARS ? [`The name is longer than ${MAX_NAME_CHARS} characters.`] : [];
}

function emailFaults(email: string): string[] {
  if (email === "") return ["There is no e-mail address."];
  const parsed = emailSchema.safeParse(email);
  if (parsed.success) return [];
  return [`${quoted(email)}: ${parsed.error.issues[0]?.message ?? "This is not an e-mail address."}`];
}

function signFaults(values: string[]): string[] {
  const all = values.join("");
  return [
    ...(/\p{Cc}/u.test(all) ? ["A cell has a sign that is no text (NUL or another control character)."] : []),
    ...(all.includes("\uFFFD") ? ["A cell has characters that were lost (\uFFFD): try another encoding."] : []),
  ];
}

/** What one record says by the mapping, and what is wrong with it whoever is in the database. */
export function readRow(
  { row, cells }: { row: number; cells: string[] },
  mapping: RosterMapping,
  columns: number,
): RosterRow {
  const value = (field: RosterField) => {
    const at = mapping[field];
    return at === null ? "" : clean(cells[at] ?? "");
  };
  const email = value("email").toLowerCase();
  const name = value("name") || [value("firstName"), value("lastName")].filter(Boolean).join(" ");
  const batch = value("batch");
  const phone = value("phone");
  const timeZone = value("timeZone");
  const startDate = value("startDate");
  const statusWord = value("status").toLowerCase();
  const status = enrolmentStatuses.find((each) => each === statusWord) ?? null;
  const faults = signFaults([email, name, batch, phone, timeZone, statusWord]);
  if (cells.slice(columns).some((cell) => cell.trim() !== "")) {
    faults.push(
      `The row has ${cells.length} cells for ${columns} columns: a value with the separator in it needs quotation marks.`,
    );
  }
  if (faults.length === 0) {
    faults.push(...emailFaults(email), ...nameFaults(name));
    const refused = phone === "" ? undefined : phoneSchema.safeParse(phone).error;
    if (refused) faults.push(`Phone ${quoted(phone)}: ${refused.issues[0]?.message}`);
    if (timeZone !== "" && !isTimeZone(timeZone)) faults.push(unknownZone(timeZone));
    if (statusWord !== "" && !status) {
      faults.push(`The status ${quoted(statusWord)} is none of ${enrolmentStatuses.join(", ")}.`);
    }
    const wrongDate = startDate === "" ? null : dateFault(startDate);
    if (wrongDate) faults.push(wrongDate);
  }
  return {
    row,
    email,
    name,
    batch,
    status,
    startDate: startDate || null,
    phone: phone || null,
    timeZone: timeZone || null,
    faults,
    cells,
  };
}

export const unknownZone = (zone: string): string =>
  `The time zone ${quoted(zone)} is not known: write it as Europe/Berlin or America/Chicago.`;
