import type { Db } from "@/db/client";
import { enrolment, student, user } from "@/db/schema";
import { createBatch, createUser } from "./factories";

/** How many rows of each kind a dirty file has; 5,000 in all. */
export const DIRTY = {
  new: 3_500,
  same: 800,
  renamed: 100,
  moved: 50,
  phoned: 50,
  duplicate: 100,
  noEmail: 60,
  badEmail: 60,
  noSuchBatch: 60,
  noSuchZone: 40,
  staff: 20,
  disabled: 10,
  formula: 50,
  nul: 30,
  longName: 30,
  cutShort: 40,
} as const;

type Kind = keyof typeof DIRTY;
const KINDS = Object.keys(DIRTY) as Kind[];
const ROWS = KINDS.reduce((sum, kind) => sum + DIRTY[kind], 0);

/** What an import makes of it. */
export const DIRTY_VERDICTS = { new: 3_500, changed: 200, same: 800, error: 500 };

const PHONE = "+49 170 1234567";
/** Signs that Windows-1252 writes in one byte, and UTF-8 in two or three. */
const nameOf = (kind: Kind, index: number) => `Zoë O’Müller ${kind} ${index}`;
const emailOf = (kind: Kind, index: number) => `${kind}-${index}@dirty.test`.toLowerCase();

type Person = { kind: Kind; index: number };
const everybody = (): Person[] =>
  KINDS.flatMap((kind) => Array.from({ length: DIRTY[kind] }, (_, index) => ({ kind, index })));

/** What the academy knows before: two batches, and a thousand people of the file among others. */
export async function seedForDirtyRoster(db: Db) {
  const spring = await createBatch(db, { name: "Spring (Dirty)", startDate: "2026-01-05", endDate: "2099-01-01" });
  const autumn = await createBatch(db, { name: "Autumn (Dirty)", startDate: "2026-01-05", endDate: "2099-01-01" });
  const known = everybody().filter(({ kind }) => ["same", "renamed", "moved", "phoned", "disabled"].includes(kind));
  const users = await db
    .insert(user)
    .values(
      known.map(({ kind, index }) => ({
        email: emailOf(kind, index),
        name: kind === "renamed" ? "Before" : nameOf(kind, index),
        phone: kind === "phoned" ? "0" : PHONE,
        role: "student" as const,
        passwordHash: "x",
        disabledAt: kind === "disabled" ? new Date() : null,
      })),
    )
    .returning({ id: user.id });
  const students = await db
    .insert(student)
    .values(users.map(({ id }) => ({ userId: id })))
    .returning({ id: student.id });
  await db
    .insert(enrolment)
    .values(students.map(({ id }) => ({ studentId: id, batchId: spring.id, fromDate: "2026-01-05" })));
  for (let index = 0; index < DIRTY.staff; index++) {
    await createUser(db, { email: emailOf("staff", index), role: index % 2 ? "admin" : "instructor" });
  }
  return { spring, autumn };
}

/** The cells of one row: e-mail, name, batch, phone, time zone. */
function cellsOf({ kind, index }: Person): string[] {
  const name = nameOf(kind, index);
  // Some as a spreadsheet writes them: in quotes, over two lines, with the separators in them.
  const odd = kind === "new" && index % 10 === 0 ? name.replace(" ", ' "Z; , Z"\r\n ') : name;
  const email = index % 3 === 0 ? emailOf(kind, index).toUpperCase() : ` ${emailOf(kind, index)} `;
  const plain = [email, odd, index % 2 ? "spring (dirty)" : "Spring (Dirty)", PHONE, ""];
  const changed: Partial<Record<Kind, string[]>> = {
    moved: [email, name, "Autumn (Dirty)", "", ""],
    duplicate: [emailOf("new", index).toUpperCase(), `${name} again`, "Spring (Dirty)", "", ""],
    noEmail: ["", name, "Spring (Dirty)", "", ""],
    badEmail: [`${name} at example`, name, "Spring (Dirty)", "", ""],
    noSuchBatch: [email, name, "Summer", "", ""],
    noSuchZone: [email, name, "Spring (Dirty)", "", index % 2 ? "Berlin" : "+02:00"],
    formula: [email, `${"=+@"[index % 3]}SUM(A1:A9)`, "Spring (Dirty)", "", ""],
    nul: [email, `Nul\0 ${index}`, "Spring (Dirty)", "", ""],
    longName: [email, `${name} ${"x".repeat(100)}`, "Spring (Dirty)", "", ""],
    cutShort: [email, name],
  };
  return changed[kind] ?? plain;
}

const inQuotes = (cell: string) => (/[",;\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** 5,000 rows in a mixed order, as a file: with a mark in UTF-8, or as Windows writes it. */
export function dirtyRoster(encoding: "utf-8" | "windows-1252"): Buffer {
  const all = everybody();
  // A person comes before the same one in another spelling, as the first one counts.
  const mixed = Array.from({ length: ROWS }, (_, place) => all[(place * 1_999) % ROWS] as Person).sort(
    (a, b) => Number(a.kind === "duplicate") - Number(b.kind === "duplicate"),
  );
  const [separator, lineEnd] = encoding === "utf-8" ? [",", "\r\n"] : [";", "\n"];
  const lines = [["E-Mail", "Full Name", "Cohort", "Mobile", "Time zone"], ...mixed.map(cellsOf)];
  const text = lines.map((cells) => cells.map(inQuotes).join(separator) + lineEnd).join("");
  if (encoding === "utf-8") return Buffer.from(`\uFEFF${text}`);
  return Buffer.from(text.replaceAll("’", "\x92"), "latin1");
}
