import type { Db } from "@/db/client";
import type { EnrolmentStatus, Role, SignupStatus } from "@/db/enums";
import { batch, connection, dailySummary, demoSession, demoSignup, enrolment, student, user } from "@/db/schema";

let serial = 0;
const next = () => ++serial;

async function only<T>(rows: Promise<T[]>): Promise<T> {
  const [row] = await rows;
  if (!row) throw new Error("the insert returned no row");
  return row;
}

/** People and things for a test, each complete by itself; every test states what it is about and nothing else. */
export const createUser = (db: Db, values: Partial<typeof user.$inferInsert> = {}) => {
  const number = next();
  return only(
    db
      .insert(user)
      .values({ name: `Person ${number}`, email: `person-${number}@example.test`, ...values })
      .returning(),
  );
};

export const createBatch = (db: Db, values: Partial<typeof batch.$inferInsert> = {}) => {
  const number = next();
  return only(
    db
      .insert(batch)
      .values({
        name: `Batch ${number}`,
        startDate: "2026-01-05",
        endDate: "2026-12-18",
        timeZone: "America/Chicago",
        registrationKey: `KEY-${number}`,
        ...values,
      })
      .returning(),
  );
};

type StudentValues = Partial<typeof user.$inferInsert> & {
  batchId?: number;
  status?: EnrolmentStatus;
  fromDate?: string;
  toDate?: string | null;
};

/** A user of role `student` with a student row and, given a batch, an enrolment. */
export async function createStudent(db: Db, values: StudentValues = {}) {
  const { batchId, status = "active", fromDate = "2026-01-05", toDate = null, ...account } = values;
  const person = await createUser(db, { role: "student" satisfies Role, ...account });
  const row = await only(db.insert(student).values({ userId: person.id }).returning());
  if (batchId) await db.insert(enrolment).values({ studentId: row.id, batchId, status, fromDate, toDate });
  return { ...person, studentId: row.id };
}

const MINUTE_MS = 60_000;

/** Days of coding in minutes, by date; a date that is not named has no row. */
export async function addCodingDays(db: Db, userId: number, minutes: Record<string, number>, timeZone = "UTC") {
  const rows = Object.entries(minutes).map(([date, each]) => ({ userId, date, totalMs: each * MINUTE_MS, timeZone }));
  await db.insert(dailySummary).values(rows);
}

export const createConnection = (db: Db, userId: number, values: Partial<typeof connection.$inferInsert> = {}) =>
  only(
    db
      .insert(connection)
      .values({
        userId,
        wakatimeUid: crypto.randomUUID(),
        accessTokenEncrypted: "x",
        refreshTokenEncrypted: "x",
        keyId: "test",
        expiresAt: new Date("2027-06-01T00:00:00Z"),
        ...values,
      })
      .returning(),
  );

export const createDemoSession = (db: Db, values: Partial<typeof demoSession.$inferInsert> = {}) =>
  only(
    db
      .insert(demoSession)
      .values({ sessionDate: "2026-06-12", timeZone: "America/Chicago", ...values })
      .returning(),
  );

export const createSignup = (db: Db, sessionId: number, studentId: number, status: SignupStatus = "scheduled") =>
  only(db.insert(demoSignup).values({ sessionId, studentId, status }).returning());
