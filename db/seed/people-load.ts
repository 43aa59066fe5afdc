import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { encryptTokenPair, type TokenKeys } from "@/lib/wakatime/token-crypto";
import { demoAccessToken, demoRefreshToken, demoUid } from "./coding-generator";
import { addCodingPeople, type CodingRow } from "./coding-sql";
import { type AcademyPlan, type StaffPlan, type StudentPlan, scatter } from "./plan";
import { insertRows } from "./rows";

const CHUNK = 5_000;
const DAY_MS = 86_400_000;
const TOKEN_LIFE_DAYS = 300;
const BROKEN_DAYS_AGO = 15;

type Context = { now: Date; passwordHash: string; tokenKeys: TokenKeys };

const USER = `id int, email text, name text, phone text, password_hash text, role role, time_zone text,
  disabled_at timestamptz, disabled_reason text, last_sign_in_at timestamptz, created_at timestamptz, updated_at timestamptz`;
const ENROLMENT =
  "student_id int, batch_id int, status enrolment_status, from_date date, to_date date, created_at timestamptz";
const CONNECTION = `user_id int, wakatime_uid uuid, access_token_encrypted text, refresh_token_encrypted text, key_id text,
  scopes text[], expires_at timestamptz, plan text, time_zone text, status connection_status, last_synced_at timestamptz,
  last_error text, consecutive_failures int, created_at timestamptz`;

const ago = (now: Date, days: number) => new Date(now.getTime() - days * DAY_MS);
const morning = (date: string, key: number) =>
  `${date}T${String(9 + (key % 9)).padStart(2, "0")}:${String((key * 13) % 60).padStart(2, "0")}:00Z`;

export async function loadStaff(tx: Db, staff: StaffPlan[], { now, passwordHash }: Context): Promise<void> {
  const rows = staff.map(({ id, name, email, role, disabled }) => ({
    id,
    email,
    name,
    role,
    phone: role === "user" ? null : `+1 312 555 ${String(100 + id).padStart(4, "0")}`,
    password_hash: passwordHash,
    disabled_at: disabled ? ago(now, 30) : null,
    disabled_reason: disabled ? "Asked for a registration key that was not theirs." : null,
    last_sign_in_at: disabled ? null : ago(now, (id % 9) / 2),
    created_at: ago(now, role === "user" ? 20 + id : 400 + id),
    updated_at: ago(now, 20),
  }));
  await insertRows(tx, "user", USER, rows);
}

function userRow(student: StudentPlan, { now, passwordHash }: Context) {
  const { key, userId: id, email, name, timeZone } = student;
  const created = morning(student.joinedOn, key);
  return {
    id,
    email,
    name,
    phone: key % 4 === 0 ? null : `+351 21${key % 10} ${String(100_000 + scatter(key, 899_999))}`,
    password_hash: passwordHash,
    role: "student",
    time_zone: timeZone,
    last_sign_in_at: key % 5 === 0 ? null : ago(now, scatter(key, 40) / 2),
    created_at: created,
    updated_at: created,
  };
}

function connectionRow(student: StudentPlan, { now, tokenKeys }: Context) {
  const { coding, link, userId } = student;
  if (!coding || link === "none") return [];
  const { person } = coding;
  const tokens = { accessToken: demoAccessToken(person), refreshToken: demoRefreshToken(person) };
  const encrypted = encryptTokenPair(userId, tokens, tokenKeys);
  const broken = link === "needs_reconnect";
  return {
    user_id: userId,
    wakatime_uid: demoUid(student.key),
    access_token_encrypted: encrypted.accessTokenEncrypted,
    refresh_token_encrypted: encrypted.refreshTokenEncrypted,
    key_id: encrypted.keyId,
    scopes: ["email", "read_summaries"],
    expires_at: ago(now, -TOKEN_LIFE_DAYS),
    plan: student.key % 6 === 0 ? "premium" : "free",
    time_zone: person.timeZone,
    status: link,
    last_synced_at: broken ? ago(now, BROKEN_DAYS_AGO) : null,
    last_error: broken ? "WakaTime refused the refresh token: invalid_grant." : null,
    consecutive_failures: broken ? 1 : 0,
    created_at: morning(student.joinedOn, student.key + 1),
  };
}

async function loadChunk(tx: Db, students: StudentPlan[], context: Context): Promise<void> {
  await insertRows(
    tx,
    "user",
    USER,
    students.map((student) => userRow(student, context)),
  );
  const base = students.map(({ key, userId, joinedOn }) => ({
    id: key,
    user_id: userId,
    created_at: morning(joinedOn, key),
  }));
  await insertRows(tx, "student", "id int, user_id int, created_at timestamptz", base);
  const enrolments = students.flatMap(({ key, joinedOn, enrolments }) =>
    enrolments.map(({ batchId, status, from, to }) => ({
      student_id: key,
      batch_id: batchId,
      status,
      from_date: from,
      to_date: to,
      created_at: morning(joinedOn, key),
    })),
  );
  await insertRows(tx, "enrolment", ENROLMENT, enrolments);
  await insertRows(
    tx,
    "connection",
    CONNECTION,
    students.flatMap((student) => connectionRow(student, context)),
  );
  const coding = students.flatMap(({ userId, coding }): CodingRow[] => (coding ? [{ userId, ...coding }] : []));
  await addCodingPeople(tx, coding);
}

/** Students with their enrolments and links, a chunk at a time, so that 100,000 need no more memory than 5,000. */
export async function loadStudents(tx: Db, plan: AcademyPlan, context: Context): Promise<void> {
  let chunk: StudentPlan[] = [];
  for (const student of plan.students()) {
    chunk.push(student);
    if (chunk.length < CHUNK) continue;
    await loadChunk(tx, chunk, context);
    chunk = [];
  }
  await loadChunk(tx, chunk, context);
  await tx.execute(sql`
    insert into key_use (batch_id, user_id, created_at)
    select e.batch_id, s.user_id, s.created_at
    from student s join lateral (
      select batch_id from enrolment where student_id = s.id order by from_date limit 1) e on true`);
}
