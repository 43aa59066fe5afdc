import { addDays, type DateString, daysBetween, localDate } from "@/lib/dates";
import { planSessions } from "./fridays";
import { mailName, nameOf } from "./names";
import { personaOf } from "./personas";
import {
  ACADEMY,
  type AcademyPlan,
  type BatchPlan,
  CHICAGO,
  type EnrolmentPlan,
  LISBON,
  type SeedSize,
  type StudentPlan,
  SYNC_DAYS,
  scatter,
} from "./plan";
import { DEMO_SIGN_INS, instructorIds, planStaff } from "./staff";

export type LargeSize = Exclude<SeedSize, "demo">;

const SIZES = {
  "1k": { students: 1_000, batches: 6, active: 2, current: 40, years: 2, pastSessions: 52 },
  "10k": { students: 10_000, batches: 30, active: 3, current: 400, years: 4, pastSessions: 156 },
  "100k": { students: 100_000, batches: 300, active: 12, current: 4_000, years: 6, pastSessions: 300 },
};

const BATCH_DAYS = 182;
const MAX_ROW_DAYS = 300;

/** The past ones first, evenly over the years; then those that run, started 20 to 160 days ago; then one to come. */
function planBatches(size: LargeSize, today: DateString, teachers: number[]): BatchPlan[] {
  const { batches, active, years } = SIZES[size];
  const past = batches - active - 1;
  return Array.from({ length: batches }, (_, index) => {
    const pastStart = -BATCH_DAYS - 7 - Math.floor(((past - 1 - index) * years * 365) / past);
    const activeStart = -160 + Math.floor(((index - past) * 140) / active);
    const offset = index < past ? pastStart : index < past + active ? activeStart : 21;
    const timeZone = index % 3 === 1 ? LISBON : CHICAGO;
    const teacher = (turn: number) => teachers[(index * 2 + turn) % teachers.length] ?? 0;
    return {
      id: index + 1,
      name: `${timeZone === LISBON ? "Lisbon" : "Chicago"} Full-Stack ${index + 1}`,
      timeZone,
      startDate: addDays(today, offset),
      endDate: addDays(today, offset + BATCH_DAYS - 1),
      capacity: null,
      archived: index < past / 2,
      instructorIds: [...new Set(index === past ? [teachers[0] ?? 0, teacher(1)] : [teacher(0), teacher(1)])],
    };
  });
}

function enrolmentsOf(key: number, batch: BatchPlan, next: BatchPlan | undefined, today: DateString): EnrolmentPlan[] {
  const { id: batchId, startDate: from, endDate } = batch;
  const chance = scatter(key * 3 + 1, 100);
  if (endDate >= today) return [{ batchId, status: chance < 5 ? "paused" : "active", from, to: null }];
  const over = addDays(endDate, 1);
  if (chance < 12) return [{ batchId, status: "dropped", from, to: addDays(from, 20 + scatter(key, 120)) }];
  if (chance < 15 && next && next.endDate < today) {
    const moved = addDays(from, 40);
    const start = daysBetween(moved, next.startDate) > 0 ? next.startDate : moved;
    return [
      { batchId, status: "active", from, to: moved },
      { batchId: next.id, status: "graduated", from: start, to: addDays(next.endDate, 1) },
    ];
  }
  return [{ batchId, status: "graduated", from, to: over }];
}

/** Thousands of students over the years. Rows of the current ones run right up to today: there is no sync to bring them. */
export function planSizedAcademy(size: LargeSize, now: Date): AcademyPlan {
  const { students: count, batches: batchCount, active, current, pastSessions } = SIZES[size];
  const today = localDate(now, ACADEMY.timeZone);
  const staff = planStaff(size);
  const batches = planBatches(size, today, instructorIds(staff));
  const past = batchCount - active - 1;
  const firstCurrent = count - current + 1;

  function studentOf(key: number): StudentPlan {
    const isCurrent = key >= firstCurrent;
    const index = isCurrent
      ? past + Math.floor(((key - firstCurrent) * active) / current)
      : Math.floor(((key - 1) * past) / (firstCurrent - 1));
    const batch = batches[index] as BatchPlan;
    const enrolments = enrolmentsOf(key, batch, batches[index + 1], today);
    const name = nameOf(scatter(key, 2_448));
    const from = enrolments[0]?.from ?? batch.startDate;
    const days = isCurrent ? MAX_ROW_DAYS : MAX_ROW_DAYS - scatter(key * 7, 121);
    const last = addDays(from, days - 1);
    const lastDay = isCurrent ? null : addDays(from, 100 + scatter(key * 5, 200));
    const linkChance = scatter(key * 11 + 5, 100);
    const linked = key === firstCurrent || linkChance < (isCurrent ? 95 : 60);
    return {
      key,
      userId: staff.length + key,
      name,
      email: key === firstCurrent ? (DEMO_SIGN_INS[2]?.email ?? "") : `${mailName(name)}.${key}@mail.cohort.test`,
      timeZone: null,
      joinedOn: addDays(from, -1 - scatter(key, 15)),
      enrolments,
      link: !linked ? "none" : key !== firstCurrent && linkChance < 1 ? "needs_reconnect" : "active",
      // Who disconnected in the meantime keeps the days; who is current and has no link never had any.
      coding:
        isCurrent && !linked
          ? null
          : {
              person: { key, persona: personaOf(key), firstDay: from, lastDay, timeZone: batch.timeZone },
              rowFrom: from,
              rowTo: daysBetween(last, today) > 0 ? last : today,
            },
    };
  }
  function* students() {
    for (let key = 1; key <= count; key += 1) yield studentOf(key);
  }
  return {
    size,
    staff,
    batches,
    studentCount: count,
    students,
    sessions: planSessions(today, pastSessions, batches),
    signInKey: firstCurrent,
    itemsFrom: size === "1k" ? null : addDays(today, 1 - SYNC_DAYS),
  };
}
