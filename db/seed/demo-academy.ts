import { addDays, type DateString, localDate } from "@/lib/dates";
import type { DemoPerson } from "./demo-person";
import { planSessions } from "./fridays";
import { mailName, nameOf, UNUSUAL_NAMES } from "./names";
import { personaOf } from "./personas";
import {
  ACADEMY,
  type AcademyPlan,
  type BatchPlan,
  CHICAGO,
  type EnrolmentPlan,
  LISBON,
  type StudentPlan,
  SYNC_DAYS,
} from "./plan";
import { DEMO_SIGN_INS, instructorIds, planStaff } from "./staff";

const PAST_SESSIONS = 12;

/** Weeks are counted from this week's Monday; two batches are over, three run, one is to come. They end on a Friday. */
const BATCHES = [
  { name: "Chicago Autumn Full-Stack", timeZone: CHICAGO, from: -53, to: -29, students: 30 },
  { name: "Lisbon Winter Full-Stack", timeZone: LISBON, from: -46, to: -22, students: 26 },
  { name: "Chicago Full-Stack 14", timeZone: CHICAGO, from: -20, to: 6, students: 34 },
  { name: "Lisbon Full-Stack 9", timeZone: LISBON, from: -14, to: 12, students: 30 },
  { name: "Chicago Data Engineering 3", timeZone: CHICAGO, from: -6, to: 18, students: 28 },
  { name: "Lisbon Front-End 5", timeZone: LISBON, from: 4, to: 24, students: 12 },
];
const FIRST_CURRENT = 3;
const SIGN_IN = 57;
const NEEDS_RECONNECT = 95;
const NEVER_CONNECTED = new Set([63, 78, 101, 127, 153, 158]);

/** Places in a batch whose story differs from the usual one. */
const dropped = (place: number) => place % 9 === 4;
const paused = (place: number) => place % 12 === 7;
/** Back from an earlier batch: place in the new one, and that earlier batch. */
const MOVED: Record<number, Record<number, number>> = { 4: { 11: 2, 17: 1 }, 5: { 2: 3, 9: 3, 15: 4 } };

type Place = { key: number; place: number; batch: BatchPlan; batches: BatchPlan[]; today: DateString };

function enrolmentsOf({ key, place, batch, batches, today }: Place): EnrolmentPlan[] {
  const { id: batchId, startDate: from, endDate } = batch;
  if (from > today) return [{ batchId, status: place % 3 === 0 ? "active" : "invited", from, to: null }];
  if (endDate < today) {
    return dropped(place)
      ? [{ batchId, status: "dropped", from, to: addDays(from, 50 + place) }]
      : [{ batchId, status: "graduated", from, to: addDays(endDate, 1) }];
  }
  const earlier = batches.find((each) => each.id === MOVED[batchId]?.[place]);
  const joined = addDays(from, place % 10 === 6 ? 7 : 0);
  const here: EnrolmentPlan = { batchId, status: "active", from: joined, to: null };
  if (earlier) {
    const over = earlier.endDate < today;
    const left = over ? addDays(earlier.startDate, 60) : joined;
    return [{ batchId: earlier.id, status: over ? "dropped" : "active", from: earlier.startDate, to: left }, here];
  }
  if (key !== SIGN_IN && dropped(place)) return [{ ...here, status: "dropped", to: addDays(from, 25 + (place % 14)) }];
  if (key !== SIGN_IN && paused(place)) return [{ ...here, status: "paused" }];
  return [here];
}

/** The last day with coding time; null for those who still code. */
function lastDayOf({ key, batch, today }: Place, enrolments: EnrolmentPlan[]): DateString | null {
  const last = enrolments.at(-1);
  if (last?.status === "dropped" && last.to) return addDays(last.to, 4);
  if (batch.endDate < today) return key % 10 < 7 ? addDays(batch.endDate, key % 40) : null;
  return personaOf(key) === "drifting" && key % 2 === 0 ? addDays(today, -9 - (key % 20)) : null;
}

function studentOf(at: Place, now: Date, studentNumber: number, firstUserId: number): StudentPlan {
  const { key, place, batch, today } = at;
  const enrolments = enrolmentsOf(at);
  const start = enrolments[0]?.from ?? batch.startDate;
  const upcoming = batch.startDate > today;
  const name = key % 19 === 5 ? (UNUSUAL_NAMES[Math.floor(key / 19)] ?? nameOf(key)) : nameOf(key);
  const ownZone = key % 17 === 3 ? "America/New_York" : key % 23 === 5 ? "Europe/Madrid" : null;
  const timeZone = ownZone ?? batch.timeZone;
  const joinedOn = upcoming ? addDays(today, -40 + Math.floor(place * 3.5)) : addDays(start, -3 - (key % 12));
  const firstDay = upcoming ? joinedOn : start;
  const person: DemoPerson =
    key === SIGN_IN
      ? { key, persona: "steady", firstDay, lastDay: null, timeZone }
      : { key, persona: personaOf(key), firstDay, lastDay: lastDayOf(at, enrolments), timeZone };
  const connected = !NEVER_CONNECTED.has(key);
  return {
    key,
    userId: firstUserId + studentNumber,
    name,
    email: key === SIGN_IN ? (DEMO_SIGN_INS[2]?.email ?? "") : `${mailName(name) || `student.${key}`}@mail.cohort.test`,
    timeZone: ownZone,
    joinedOn,
    enrolments,
    link: !connected ? "none" : key === NEEDS_RECONNECT ? "needs_reconnect" : "active",
    coding: connected ? { person, rowFrom: firstDay, rowTo: addDays(localDate(now, timeZone), -SYNC_DAYS) } : null,
  };
}

/** The academy that a visitor sees: 160 students in six batches around today. */
export function planDemoAcademy(now: Date): AcademyPlan {
  const today = localDate(now, ACADEMY.timeZone);
  const monday = addDays(today, -((Math.round(Date.parse(today) / 86_400_000) + 3) % 7));
  const staff = planStaff("demo");
  const teachers = instructorIds(staff);
  const batches: BatchPlan[] = BATCHES.map(({ name, timeZone, from, to }, index) => ({
    id: index + 1,
    name,
    timeZone,
    startDate: addDays(monday, from * 7),
    endDate: addDays(monday, to * 7 - 3),
    capacity: index === 0 ? null : 36,
    archived: index === 0,
    // The instructor who signs in has the first two that run.
    instructorIds: [0, 1].map((turn) => teachers[(index * 2 + turn) % teachers.length] ?? 0),
  }));
  for (const [place, batch] of batches.slice(FIRST_CURRENT - 1, FIRST_CURRENT + 1).entries()) {
    batch.instructorIds = [teachers[0] ?? 0, teachers[5 + place] ?? 0];
  }
  batches[0]?.instructorIds.splice(0, 1, teachers[11] ?? 0);

  function* students() {
    let key = 0;
    for (const batch of batches) {
      for (let place = 0; place < (BATCHES[batch.id - 1]?.students ?? 0); place += 1) {
        key += 1;
        yield studentOf({ key, place, batch, batches, today }, now, key, staff.length);
      }
    }
  }
  return {
    size: "demo",
    staff,
    batches,
    studentCount: BATCHES.reduce((sum, each) => sum + each.students, 0),
    students,
    sessions: planSessions(today, PAST_SESSIONS, batches),
    signInKey: SIGN_IN,
    itemsFrom: null,
  };
}
