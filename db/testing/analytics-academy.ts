import { gte } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { CodingNameKind, SignupStatus } from "@/db/enums";
import {
  certificate,
  codingName,
  dailySummary,
  dailySummaryItem,
  demo,
  demoSignup,
  enrolment,
  setting,
} from "@/db/schema";
import { type DateString, eachDay } from "@/lib/dates";
import {
  addCodingDays,
  createBatch,
  createConnection,
  createDemoSession,
  createStudent,
  createUser,
} from "./factories";

/** Wednesday 10 June 2026, 13:00 in Chicago, where the academy is; in Auckland it is the 11th. */
export const ACADEMY_NOW = new Date("2026-06-10T18:00:00Z");
const ZONE = "America/Chicago";

/** Minutes on each day of a stretch; `weekend` null leaves Saturdays and Sundays without a row. */
type Stretch = { from: DateString; to: DateString; minutes: number; weekend?: number | null };

const isWeekend = (date: DateString) => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
const daysOf = (stretches: Stretch[]) =>
  Object.fromEntries(
    stretches.flatMap(({ from, to, minutes, weekend = null }) =>
      eachDay(from, to).flatMap((date): [DateString, number][] => {
        if (!isWeekend(date)) return [[date, minutes]];
        return weekend === null ? [] : [[date, weekend]];
      }),
    ),
  );

type Link = "fresh" | "stale" | "broken" | null;
type Plan = {
  batch: "A" | "B";
  from?: DateString;
  link: Link;
  days: Stretch[];
  zone?: string;
  hides?: boolean;
  status?: "paused";
  /** In the other batch from this day on, or dropped. */
  later?: { on: DateString; batch?: "B"; status?: "dropped" };
};

const A = "2026-04-06";
const B = "2026-05-04";
const TODAY = "2026-06-10";

/** docs/metrics/analytics.md says the same in words, and works everything out. */
const PLAN: Record<string, Plan> = {
  Ada: {
    batch: "A",
    link: "fresh",
    days: [
      { from: A, to: "2026-05-13", minutes: 45, weekend: 0 },
      { from: "2026-05-14", to: TODAY, minutes: 60, weekend: 0 },
    ],
  },
  Ben: { batch: "A", link: "fresh", days: [{ from: A, to: TODAY, minutes: 120 }] },
  Cleo: {
    batch: "A",
    link: "fresh",
    hides: true,
    days: [
      { from: A, to: "2026-05-31", minutes: 30, weekend: 30 },
      { from: "2026-06-01", to: TODAY, minutes: 60, weekend: 60 },
    ],
  },
  Dai: { batch: "A", link: null, days: [] },
  Eve: {
    batch: "A",
    link: "fresh",
    days: [
      { from: A, to: "2026-05-24", minutes: 90 },
      { from: "2026-05-25", to: TODAY, minutes: 0, weekend: 0 },
    ],
  },
  Fay: { batch: "A", link: "fresh", status: "paused", days: [{ from: A, to: TODAY, minutes: 600, weekend: 600 }] },
  Gus: { batch: "B", link: "fresh", days: [{ from: B, to: TODAY, minutes: 240 }] },
  Hal: { batch: "B", link: "stale", days: [{ from: B, to: "2026-05-22", minutes: 60 }] },
  Ida: { batch: "B", link: "fresh", days: [{ from: B, to: TODAY, minutes: 0, weekend: 0 }] },
  Jon: {
    batch: "B",
    from: "2026-05-18",
    link: "fresh",
    zone: "Pacific/Auckland",
    days: [{ from: "2026-05-18", to: "2026-06-11", minutes: 45, weekend: 45 }],
  },
  Kim: {
    batch: "B",
    link: "fresh",
    days: [{ from: B, to: TODAY, minutes: 600, weekend: 600 }],
    later: { on: "2026-05-25", status: "dropped" },
  },
  Lea: {
    batch: "A",
    link: "broken",
    days: [{ from: A, to: "2026-05-29", minutes: 100 }],
    later: { on: "2026-05-18", batch: "B" },
  },
};

export type StudentName =
  | "Ada"
  | "Ben"
  | "Cleo"
  | "Dai"
  | "Eve"
  | "Fay"
  | "Gus"
  | "Hal"
  | "Ida"
  | "Jon"
  | "Kim"
  | "Lea";
export const STUDENT_NAMES = Object.keys(PLAN) as StudentName[];

const CERTIFICATES: [StudentName, DateString, "revoked"?][] = [
  ["Ben", "2026-04-20"],
  ["Ada", "2026-05-20"],
  ["Ben", "2026-05-21", "revoked"],
  ["Fay", "2026-05-22"],
  ["Kim", "2026-05-22"],
  ["Gus", "2026-06-10"],
  ["Jon", "2026-06-11"],
];

/** Without a date: the day it was put in, the 20th of May in Chicago. */
const DEMOS: [StudentName, DateString | null][] = [
  ["Ada", "2026-05-01"],
  ["Fay", "2026-05-15"],
  ["Gus", "2026-05-15"],
  ["Kim", "2026-05-15"],
  ["Ben", null],
  ["Ada", "2026-06-01"],
  ["Ida", "2026-06-20"],
];

type Turn = [StudentName, SignupStatus, number?];
const SESSIONS: { date: DateString; batch?: "A"; max?: number; cancelled?: true; turns: Turn[] }[] = [
  {
    date: "2026-05-01",
    turns: [
      ["Ben", "presented", 3],
      ["Eve", "presented"],
    ],
  },
  {
    date: "2026-05-15",
    max: 5,
    turns: [
      ["Ada", "presented", 4],
      ["Gus", "presented", 5],
      ["Kim", "presented", 3],
      ["Fay", "presented", 1],
      ["Ben", "no_show"],
      ["Dai", "waitlisted"],
    ],
  },
  {
    date: "2026-05-29",
    batch: "A",
    turns: [
      ["Ada", "presented", 2],
      ["Cleo", "presented"],
      ["Eve", "scheduled"],
      ["Ben", "cancelled"],
    ],
  },
  { date: "2026-06-05", cancelled: true, turns: [["Ida", "presented", 5]] },
  // At 15:00, which is still to come; and on Friday.
  { date: "2026-06-10", turns: [["Lea", "scheduled"]] },
  { date: "2026-06-12", turns: [["Hal", "scheduled"]] },
];

const ITEMS: [StudentName, DateString, CodingNameKind, string, number][] = [
  ["Ada", "2026-05-13", "language", "Rust", 45],
  ["Ada", "2026-06-09", "language", "TypeScript", 40],
  ["Ada", "2026-06-09", "language", "Python", 20],
  ["Ada", "2026-06-09", "project", "Shop", 60],
  ["Ada", "2026-06-09", "editor", "VS Code", 55],
  ["Ada", "2026-06-09", "operating_system", "Linux", 60],
  ["Ada", "2026-06-09", "machine", "Machine 1", 60],
  ["Cleo", "2026-06-08", "language", "Python", 60],
  ["Cleo", "2026-06-08", "project", "Secret", 60],
  ["Cleo", "2026-06-09", "language", "Python", 60],
  ["Cleo", "2026-06-09", "project", "Secret", 60],
  ["Cleo", "2026-06-09", "editor", "Vim", 60],
  ["Cleo", "2026-06-09", "operating_system", "Linux", 60],
  ["Fay", "2026-06-09", "language", "COBOL", 600],
];

/**
 * Twelve students over ten weeks, whose numbers are worked out by hand. `order` is the one they come in, and may leave
 * some out. Ids of users and students never agree.
 */
export async function analyticsAcademy(db: Db, order: StudentName[] = STUDENT_NAMES) {
  await db.insert(setting).values({ key: "academy_time_zone", value: ZONE });
  const issuer = await createUser(db, { role: "admin" });
  const spring = await createBatch(db, { name: "A", startDate: A, endDate: "2026-06-26", timeZone: ZONE });
  const summer = await createBatch(db, { name: "B", startDate: B, endDate: "2026-07-31", timeZone: ZONE });
  const batchIds = { A: spring.id, B: summer.id };
  const people: Partial<Record<StudentName, { userId: number; studentId: number }>> = {};
  for (const name of order) people[name] = await student(db, name, batchIds);
  const of = <T>(name: StudentName, row: (studentId: number) => T): T[] => {
    const person = people[name];
    return person ? [row(person.studentId)] : [];
  };

  const taken = { verifyCode: "a-code", issuedBy: issuer.id, revokedAt: ACADEMY_NOW };
  await db.insert(certificate).values(
    CERTIFICATES.flatMap(([name, dateIssued, revoked]) =>
      of(name, (studentId) => ({
        studentId,
        name: "JavaScript",
        issuer: "Academy",
        dateIssued,
        ...(revoked && taken),
      })),
    ),
  );
  const createdAt = new Date("2026-05-21T02:00:00Z");
  await db
    .insert(demo)
    .values(
      DEMOS.flatMap(([name, demoDate]) => of(name, (studentId) => ({ studentId, title: "Shop", demoDate, createdAt }))),
    );
  const turns = await Promise.all(
    SESSIONS.map(async ({ date, batch, max = null, cancelled = false, turns: own }) => {
      const session = await createDemoSession(db, {
        sessionDate: date,
        timeZone: ZONE,
        maxScheduled: max,
        batchId: batch ? batchIds[batch] : null,
        isCancelled: cancelled,
      });
      return own.flatMap(([name, status, rating = null]) =>
        of(name, (studentId) => ({ sessionId: session.id, studentId, status, rating })),
      );
    }),
  );
  await db.insert(demoSignup).values(turns.flat());
  await items(db, (name) => people[name]?.userId);
  return { batchIds, people: people as Record<StudentName, { userId: number; studentId: number }> };
}

async function student(db: Db, name: StudentName, batchIds: Record<"A" | "B", number>) {
  const plan = PLAN[name];
  if (!plan) throw new Error(`nobody is called ${name}`);
  const fromDate = plan.from ?? (plan.batch === "A" ? A : B);
  const person = await createStudent(db, {
    name,
    batchId: batchIds[plan.batch],
    fromDate,
    toDate: plan.later?.on ?? null,
    ...(plan.status ? { status: plan.status } : {}),
    ...(plan.zone ? { timeZone: plan.zone } : {}),
    ...(plan.hides ? { hideProjectNames: true } : {}),
  });
  if (plan.later) {
    const { on, batch = plan.batch, status = "active" } = plan.later;
    await db.insert(enrolment).values({ studentId: person.studentId, batchId: batchIds[batch], fromDate: on, status });
  }
  if (plan.link) {
    await createConnection(db, person.id, {
      status: plan.link === "broken" ? "needs_reconnect" : "active",
      lastSyncedAt: new Date(ACADEMY_NOW.getTime() - (plan.link === "fresh" ? 1 : 240) * 3_600_000),
      // Linked on their first day: a zero of any day in class says something.
      createdAt: new Date(`${fromDate}T12:00:00Z`),
    });
  }
  const days = daysOf(plan.days);
  if (Object.keys(days).length > 0) await addCodingDays(db, person.id, days);
  return { userId: person.id, studentId: person.studentId };
}

async function items(db: Db, userIdOf: (name: StudentName) => number | undefined) {
  const names = await db
    .insert(codingName)
    .values([...new Map(ITEMS.map(([, , kind, name]) => [`${kind} ${name}`, { kind, name }])).values()])
    .returning();
  const days = await db.select().from(dailySummary).where(gte(dailySummary.date, "2026-05-13"));
  const rows = ITEMS.flatMap(([student, date, kind, name, minutes]) => {
    const userId = userIdOf(student);
    const day = days.find((each) => each.userId === userId && each.date === date);
    const known = names.find((each) => each.kind === kind && each.name === name);
    return day && known ? [{ summaryId: day.id, nameId: known.id, ms: minutes * 60_000 }] : [];
  });
  await db.insert(dailySummaryItem).values(rows);
}
