import type { Db } from "@/db/client";
import type { SignupStatus } from "@/db/enums";
import { demoSignup, goal } from "@/db/schema";
import { addDays, type DateString, eachDay } from "@/lib/dates";
import { ACADEMY_NOW, analyticsAcademy, STUDENT_NAMES, type StudentName } from "./analytics-academy";
import { addCodingDays, createBatch, createConnection, createDemoSession, createStudent } from "./factories";

const ZONE = "America/Chicago";
const START = "2026-04-06";
const TODAY = "2026-06-10";

type Minutes = Record<DateString, number | null>;
type Edge = {
  from?: DateString;
  /** Where they differ from an hour on each working day until yesterday; null is a day that never arrived. */
  days: Minutes;
  turns: [DateString, SignupStatus][];
};

const PRESENTED_LATELY: [DateString, SignupStatus] = ["2026-05-20", "presented"];

/**
 * A third batch beside the twelve students, of those who stand just at a threshold or just beneath it, where no number
 * of theirs happens to lie. `db/queries/risk-academy.db.test.ts` works everything out.
 */
const EDGES = {
  Max: {
    days: { "2026-06-03": 50, "2026-06-04": 50, "2026-06-05": 50, "2026-06-08": 0, "2026-06-09": 0 },
    turns: [PRESENTED_LATELY],
  },
  Nia: {
    days: {
      ...{ "2026-05-27": 55, "2026-06-03": 75, "2026-06-04": 74 },
      ...{ "2026-06-05": 0, "2026-06-08": 0, "2026-06-09": 0 },
    },
    turns: [PRESENTED_LATELY],
  },
  Oli: {
    days: {},
    turns: [
      ["2026-05-12", "no_show"],
      ["2026-05-14", "presented"],
    ],
  },
  Pam: { days: {}, turns: [["2026-05-13", "no_show"], PRESENTED_LATELY] },
  Quy: {
    days: { "2026-06-03": null, "2026-06-04": null, "2026-06-05": null, "2026-06-08": 0, "2026-06-09": 0 },
    turns: [["2026-05-13", "presented"]],
  },
  Ros: { from: "2026-06-01", days: {}, turns: [] },
  Sam: {
    from: "2026-05-31",
    days: {
      ...Object.fromEntries(eachDay("2026-06-01", "2026-06-05").map((date) => [date, null])),
      ...{ "2026-06-08": 0, "2026-06-09": 0 },
    },
    turns: [],
  },
} satisfies Record<string, Edge>;

export type RiskName = StudentName | keyof typeof EDGES;
const EDGE_NAMES = Object.keys(EDGES) as (keyof typeof EDGES)[];
export const RISK_NAMES: RiskName[] = [...STUDENT_NAMES, ...EDGE_NAMES];

const isWeekend = (date: DateString) => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());

/** The academy of twelve with goals, and batch C of the thresholds; `order` is the one that people come in. */
export async function riskAcademy(db: Db, order: readonly RiskName[] = RISK_NAMES) {
  const academy = await analyticsAcademy(
    db,
    STUDENT_NAMES.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)),
  );
  const batch = await createBatch(db, { name: "C", startDate: START, endDate: "2026-07-31", timeZone: ZONE });
  const people: Partial<Record<RiskName, { userId: number; studentId: number }>> = { ...academy.people };
  for (const name of EDGE_NAMES.toSorted((a, b) => order.indexOf(a) - order.indexOf(b))) {
    people[name] = await edge(db, batch.id, EDGES[name]);
  }
  const of = (name: RiskName) => people[name]?.studentId ?? 0;

  const turns = EDGE_NAMES.flatMap((name) => EDGES[name].turns.map(([date, status]) => ({ name, date, status })));
  for (const sessionDate of new Set(turns.map(({ date }) => date))) {
    // At 15:00, two hours later in the day than the academy is looked at.
    const { id: sessionId } = await createDemoSession(db, { sessionDate, timeZone: ZONE, batchId: batch.id });
    const own = turns.filter(({ date }) => date === sessionDate);
    await db.insert(demoSignup).values(own.map(({ name, status }) => ({ sessionId, studentId: of(name), status })));
  }
  const set = { slot: 1, createdAt: new Date(`${START}T12:00:00Z`), updatedAt: new Date(`${START}T12:00:00Z`) };
  await db.insert(goal).values([
    { ...set, studentId: of("Ada"), period: "day", targetMs: 120 * 60_000 },
    { ...set, studentId: of("Cleo"), period: "week", targetMs: 841 * 60_000 },
  ]);
  return {
    batchIds: { ...academy.batchIds, C: batch.id },
    people: people as Record<RiskName, { userId: number; studentId: number }>,
  };
}

async function edge(db: Db, batchId: number, { from = START, days }: Edge) {
  const person = await createStudent(db, { batchId, fromDate: from });
  await createConnection(db, person.id, {
    lastSyncedAt: new Date(ACADEMY_NOW.getTime() - 3_600_000),
    createdAt: new Date(`${from}T12:00:00Z`),
  });
  const steady = eachDay(from, addDays(TODAY, -1)).filter((date) => !isWeekend(date));
  const minutes = steady.flatMap((date): [DateString, number][] => {
    const each = date in days ? days[date] : 60;
    return each == null ? [] : [[date, each]];
  });
  await addCodingDays(db, person.id, Object.fromEntries(minutes), ZONE);
  return { userId: person.id, studentId: person.studentId };
}
