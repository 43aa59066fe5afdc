import { randomBytes } from "node:crypto";
import { hash } from "@node-rs/argon2";
import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { addDays, localDate } from "@/lib/dates";
import { parseTokenKeys } from "@/lib/wakatime/token-crypto";
import { loadCoding } from "./coding-load";
import { createGeneratorTables } from "./coding-sql";
import { loadCoursework } from "./coursework";
import { planDemoAcademy } from "./demo-academy";
import { uuidFrom } from "./demo-person";
import { loadGoals } from "./goals";
import { holidaysOf } from "./holidays";
import { loadStaff, loadStudents } from "./people-load";
import { ACADEMY, type AcademyPlan, type SeedSize } from "./plan";
import { insertRows } from "./rows";
import { loadSessions, loadSignups } from "./signups";
import { planSizedAcademy } from "./sized-academy";
import { loadSyncHistory } from "./sync-history";

// OWASP's parameters for argon2id, as sign-up uses them.
const PASSWORD_HASHING = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const PLANNED_DAYS_AHEAD = 60;

const GIVEN_IDS = ["user", "batch", "student", "project", "demo_session"];

export type FillOptions = { size: SeedSize; now: Date; password: string; tokenKeys: string };

async function loadSettings(tx: Db, size: SeedSize, today: string): Promise<void> {
  const settings = {
    demo: { size, seededOn: today },
    academy_name: ACADEMY.name,
    academy_time_zone: ACADEMY.timeZone,
  };
  await tx.execute(sql`
    insert into setting (key, value) select key, value from jsonb_each(${JSON.stringify(settings)}::text::jsonb)
    on conflict (key) do update set value = excluded.value`);
  const year = Number(today.slice(0, 4));
  const holidays = [year - 1, year, year + 1].flatMap(holidaysOf);
  await tx.execute(sql`
    insert into holiday (date, name)
    select date, name from json_to_recordset(${JSON.stringify(holidays)}::text::json) as given(date date, name text)
    on conflict (date) do nothing`);
}

async function loadBatches(tx: Db, { batches }: AcademyPlan, now: Date): Promise<void> {
  const columns = `id int, name text, description text, start_date date, end_date date, time_zone text, capacity int,
    slack_channel text, curriculum text, archived_at timestamptz, registration_key text, key_active boolean,
    key_expires_at timestamptz, key_max_uses int, created_at timestamptz`;
  const today = now.toISOString().slice(0, 10);
  const rows = batches.map((batch) => ({
    id: batch.id,
    name: batch.name,
    description: `Evenings and weekends, ${batch.timeZone === ACADEMY.timeZone ? "in Chicago" : "in Lisbon"} and online.`,
    start_date: batch.startDate,
    end_date: batch.endDate,
    time_zone: batch.timeZone,
    capacity: batch.capacity,
    slack_channel: `#${batch.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`,
    curriculum: "Foundations, front end, back end, data, capstone.",
    archived_at: batch.archived ? `${batch.endDate}T18:00:00Z` : null,
    registration_key: registrationKey(batch.id),
    key_active: batch.endDate >= today,
    key_expires_at: batch.endDate >= today ? `${batch.endDate}T23:00:00Z` : null,
    key_max_uses: batch.capacity,
    created_at: `${addDays(batch.startDate, -PLANNED_DAYS_AHEAD)}T15:00:00Z`,
  }));
  await insertRows(tx, "batch", columns, rows);
  const instructors = batches.flatMap(({ id, instructorIds }) =>
    instructorIds.map((user_id) => ({ batch_id: id, user_id })),
  );
  await insertRows(tx, "batch_instructor", "batch_id int, user_id int", instructors);
}

/** Stable, so that tests can name one; it opens nothing but a demo. */
export const registrationKey = (batchId: number): string =>
  `HCA-${uuidFrom(`batch:${batchId}`).slice(0, 8).toUpperCase()}`;

/** Fills an empty, migrated database inside the caller's transaction. The same `now` always gives the same academy. */
export async function fillAcademy(tx: Db, { size, now, password, tokenKeys }: FillOptions): Promise<void> {
  await tx.execute(sql`set local statement_timeout = 0`);
  await tx.execute(sql`set local synchronous_commit = off`);
  await tx.execute(sql`set local maintenance_work_mem = '256MB'`);
  await tx.execute(sql`set local work_mem = '64MB'`);
  // Compiling thousands of small expressions costs more than it saves.
  await tx.execute(sql`set local jit = off`);
  const plan = size === "demo" ? planDemoAcademy(now) : planSizedAcademy(size, now);
  const today = localDate(now, ACADEMY.timeZone);
  const passwordHash = await hash(password, { ...PASSWORD_HASHING, salt: randomBytes(16) });
  const context = { now, passwordHash, tokenKeys: parseTokenKeys(tokenKeys) };

  await loadSettings(tx, size, today);
  await createGeneratorTables(tx);
  await loadStaff(tx, plan.staff, context);
  await loadBatches(tx, plan, now);
  await loadStudents(tx, plan, context);
  for (const table of ["user", "student", "enrolment", "batch"])
    await tx.execute(sql`analyze ${sql.identifier(table)}`);
  await loadCoursework(tx, today);
  await loadGoals(tx, plan);
  await tx.execute(sql`analyze demo`);
  await loadSessions(tx, plan);
  await loadSignups(tx, plan, today, now);
  await loadCoding(tx, plan);
  if (size !== "demo") await loadSyncHistory(tx, now);
  for (const table of GIVEN_IDS) {
    await tx.execute(sql`
      select setval(pg_get_serial_sequence(${`public."${table}"`}, 'id'), (select max(id) from ${sql.identifier(table)}))`);
  }
}
