import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { countPendingMigrations } from "@/db/queries/readiness";
import {
  auditEvent,
  type batch,
  codingName,
  dailySummary,
  demo,
  demoSession,
  demoSignup,
  enrolment,
  type user,
} from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import {
  addCodingDays,
  createBatch,
  createDemoSession,
  createSignup,
  createStudent,
  createUser,
} from "@/db/testing/factories";
import { violatedConstraint } from "@/lib/errors";

const rolledBack = (test: (tx: Db) => Promise<void>) => () => withRollback(testDb(), test);

/** The constraint that refuses `write`, within a savepoint so that the test can go on; undefined when nothing does. */
async function refusalOf(tx: Db, write: (inner: Db) => PromiseLike<unknown>): Promise<string | undefined> {
  try {
    await tx.transaction(async (inner) => {
      await write(inner);
    });
    return undefined;
  } catch (error) {
    const name = violatedConstraint(error);
    if (!name) throw error;
    return name;
  }
}

describe("the rules that the tables keep", () => {
  it(
    "one enrolment at a time: overlapping is refused, touching is not",
    rolledBack(async (tx) => {
      const { id: batchId } = await createBatch(tx);
      const { studentId } = await createStudent(tx, { batchId, fromDate: "2026-02-02", toDate: "2026-04-01" });
      const enrol = (fromDate: string, toDate: string | null) =>
        refusalOf(tx, (inner) => inner.insert(enrolment).values({ studentId, batchId, fromDate, toDate }));
      expect(await enrol("2026-03-31", null)).toBe("enrolment_one_at_a_time");
      expect(await enrol("2026-01-01", null)).toBe("enrolment_one_at_a_time");
      expect(await enrol("2026-01-01", "2026-02-03")).toBe("enrolment_one_at_a_time");
      expect(await enrol("2026-05-01", "2026-05-01")).toBe("enrolment_dates_in_order");
      expect(await enrol("2026-01-01", "2026-02-02")).toBeUndefined();
      expect(await enrol("2026-04-01", null)).toBeUndefined();
    }),
  );

  it(
    "one row of coding per person and day, of a possible length",
    rolledBack(async (tx) => {
      const [one, other] = [await createStudent(tx), await createStudent(tx)];
      await addCodingDays(tx, one.id, { "2026-03-02": 10 });
      const add = (userId: number, date: string, totalMs: number) =>
        refusalOf(tx, (inner) => inner.insert(dailySummary).values({ userId, date, totalMs, timeZone: "UTC" }));
      expect(await add(one.id, "2026-03-02", 5)).toBe("idx_daily_summary_user_date");
      expect(await add(other.id, "2026-03-02", 5)).toBeUndefined();
      expect(await add(one.id, "2026-03-03", -1)).toBe("daily_summary_total_ms_range");
      expect(await add(one.id, "2026-03-03", 90_000_001)).toBe("daily_summary_total_ms_range");
      expect(await add(one.id, "2026-03-03", 90_000_000)).toBeUndefined(); // a day of 25 hours
    }),
  );

  it(
    "a name of coding stays as long as the database does",
    rolledBack(async (tx) => {
      const [name] = await tx.insert(codingName).values({ kind: "project", name: "kept" }).returning();
      const id = name?.id ?? 0;
      const here = eq(codingName.id, id);
      expect(await refusalOf(tx, (inner) => inner.delete(codingName).where(here))).toBe("coding_name_stays");
      const renumber = sql`update coding_name set id = default where id = ${id}`;
      expect(await refusalOf(tx, (inner) => inner.execute(renumber))).toBe("coding_name_stays");
      expect(await tx.select({ name: codingName.name }).from(codingName).where(here)).toEqual([{ name: "kept" }]);
    }),
  );

  it(
    "one demo session a day among those not cancelled, with room for somebody",
    rolledBack(async (tx) => {
      const sessionDate = "2031-03-07";
      const { id } = await createDemoSession(tx, { sessionDate });
      const another = (values = {}) => refusalOf(tx, (inner) => createDemoSession(inner, { sessionDate, ...values }));
      expect(await another()).toBe("idx_demo_session_date_open");
      expect(await another({ isCancelled: true })).toBeUndefined();
      await tx.update(demoSession).set({ isCancelled: true }).where(eq(demoSession.id, id));
      expect(await another()).toBeUndefined();
      expect(await another({ sessionDate: "2031-03-14", maxScheduled: 0 })).toBe("demo_session_max_scheduled_positive");
      expect(await another({ sessionDate: "2031-03-14", timeZone: "Mars/Base" })).toBe("demo_session_time_zone_known");
    }),
  );

  it(
    "a sign-up shows a demo of its own student, is rated 1 to 5, and outlives the demo",
    rolledBack(async (tx) => {
      const [one, other] = [await createStudent(tx), await createStudent(tx)];
      const { id: sessionId } = await createDemoSession(tx, { sessionDate: "2031-03-07" });
      const signup = await createSignup(tx, sessionId, one.studentId);
      expect(await refusalOf(tx, (inner) => createSignup(inner, sessionId, one.studentId))).toBe(
        "idx_demo_signup_session_student",
      );
      const demoOf = async (studentId: number) => {
        const [row] = await tx.insert(demo).values({ studentId, title: "A demo" }).returning();
        return row?.id ?? 0;
      };
      const set = (values: Partial<typeof demoSignup.$inferInsert>) =>
        refusalOf(tx, (inner) => inner.update(demoSignup).set(values).where(eq(demoSignup.id, signup.id)));
      for (const rating of [0, 6]) expect(await set({ rating, status: "presented" })).toBe("demo_signup_rating_range");
      for (const rating of [1, 5]) expect(await set({ rating, status: "presented" })).toBeUndefined();
      expect(await set({ demoId: await demoOf(other.studentId) })).toBe("demo_signup_own_demo");
      const own = await demoOf(one.studentId);
      expect(await set({ demoId: own })).toBeUndefined();
      await tx.delete(demo).where(eq(demo.id, own));
      const [left] = await tx.select().from(demoSignup).where(eq(demoSignup.id, signup.id));
      expect(left).toMatchObject({ demoId: null, studentId: one.studentId, rating: 5 });
    }),
  );

  it(
    "a batch ends after it begins, in a time zone that exists",
    rolledBack(async (tx) => {
      const make = (values: Partial<typeof batch.$inferInsert>) => refusalOf(tx, (inner) => createBatch(inner, values));
      expect(await make({ startDate: "2026-05-02", endDate: "2026-05-01" })).toBe("batch_dates_in_order");
      expect(await make({ startDate: "2026-05-02", endDate: "2026-05-02" })).toBeUndefined();
      for (const timeZone of ["Mars/Base", "", "+05:30"])
        expect(await make({ timeZone })).toBe("batch_time_zone_known");
      expect(await make({ keyMaxUses: 0 })).toBe("batch_key_max_uses_positive");
      const { registrationKey } = await createBatch(tx);
      expect(await make({ registrationKey })).toBe("idx_batch_registration_key");
    }),
  );

  it(
    "a person has a name, a known time zone or none, and a reason only when disabled",
    rolledBack(async (tx) => {
      const make = (values: Partial<typeof user.$inferInsert>) => refusalOf(tx, (inner) => createUser(inner, values));
      expect(await make({ name: " " })).toBe("user_name_length");
      expect(await make({ timeZone: "Nowhere/Land" })).toBe("user_time_zone_known");
      expect(await make({ timeZone: "Asia/Kathmandu" })).toBeUndefined();
      expect(await make({ disabledReason: "left" })).toBe("user_disabled_reason");
    }),
  );

  it(
    "an audit event has exactly one actor",
    rolledBack(async (tx) => {
      const { id } = await createUser(tx);
      const write = (actor: { actorUserId?: number; actorJob?: string }) =>
        refusalOf(tx, (inner) =>
          inner.insert(auditEvent).values({ action: "test", subjectType: "user", label: "x", ...actor }),
        );
      expect(await write({})).toBe("audit_event_one_actor");
      expect(await write({ actorUserId: id, actorJob: "sync" })).toBe("audit_event_one_actor");
      expect(await write({ actorUserId: id })).toBeUndefined();
      expect(await write({ actorJob: "sync" })).toBeUndefined();
    }),
  );
});

describe("the migrations", () => {
  it("are all applied, by the journal that the server reads", async () => {
    expect(await countPendingMigrations(testDb())).toBe(0);
    await withRollback(testDb(), async (tx) => {
      await tx.execute(sql`delete from drizzle.__drizzle_migrations
        where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`);
      expect(await countPendingMigrations(tx)).toBe(1);
    });
  });
});
