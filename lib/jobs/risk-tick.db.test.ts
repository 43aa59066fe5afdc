import { asc, eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { claimNotices } from "@/db/mutations/outbox";
import { answerRisk, reopenRisk } from "@/db/mutations/risk-answer";
import { getDashboard } from "@/db/queries/dashboard";
import { getRisk } from "@/db/queries/risk-list";
import { batch, batchInstructor, enrolment, outbox, riskBand, riskSnooze, setting, user } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { addCodingDays, createBatch, createConnection, createStudent, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { addDays, type DateString, eachDay } from "@/lib/dates";
import { composeMail } from "@/lib/notify/compose";
import { runJob } from "./run";
import { createTestIo } from "./testing/io";

const db = testDb();
/** Wednesday, six in the morning in Chicago, where everybody is. */
const WEDNESDAY: DateString = "2026-06-17";
const morningOf = (date: DateString) => new Date(`${date}T11:00:00Z`);

beforeEach(async () => {
  await db.execute(sql`truncate "user", batch cascade`);
  await db.delete(setting);
  // Being quiet decides here, and what was missed: no drop is deep enough, and nobody has to present.
  await db.insert(setting).values([
    { key: "academy_time_zone", value: "America/Chicago" },
    { key: "early_warning", value: { dropPercent: 0, noDemoWeeks: 500 } },
  ]);
});

async function tick(now: Date) {
  await db.execute(sql`update connection set last_synced_at = ${now.toISOString()}::timestamptz - interval '1 hour'`);
  const { io } = createTestIo(db, "http://127.0.0.1:9", () => now);
  await runJob("risk-tick", {}, io);
}

/** A student who coded an hour a day until the last of `until`, and nothing since. */
async function studentQuietSince(batchId: number, until: DateString) {
  const made = await createStudent(db, { batchId });
  await createConnection(db, made.id, { createdAt: new Date("2026-01-05T12:00:00Z") });
  const days = eachDay(addDays(WEDNESDAY, -40), addDays(WEDNESDAY, 20));
  await addCodingDays(db, made.id, Object.fromEntries(days.map((date) => [date, date <= until ? 60 : 0])));
  return made;
}

const history = async (studentId: number) =>
  (await db.select().from(riskBand).where(eq(riskBand.studentId, studentId)).orderBy(asc(riskBand.fromDate))).map(
    ({ state, fromDate, toDate }) => [state, fromDate, toDate],
  );

describe("the morning's check", () => {
  it("writes a row when a band changes, and the same row otherwise, however often a day is checked", async () => {
    const { id } = await createBatch(db);
    // The last coding was on Friday 12 June: Monday and Tuesday are two working days, Wednesday makes three.
    const student = await studentQuietSince(id, "2026-06-12");
    await tick(morningOf(WEDNESDAY));
    await tick(morningOf(WEDNESDAY));
    expect(await history(student.studentId)).toEqual([["on_track", "2026-06-17", null]]);
    await tick(morningOf("2026-06-18"));
    await db.delete(setting).where(eq(setting.key, "early_warning_checked"));
    await tick(morningOf("2026-06-18"));
    await tick(morningOf("2026-06-19"));
    expect(await history(student.studentId)).toEqual([
      ["on_track", "2026-06-17", "2026-06-18"],
      ["watch", "2026-06-18", null],
    ]);
    const [now] = await db.select().from(riskBand).where(sql`to_date is null`);
    // Of the latest check: a day later it is four working days.
    expect(now?.signals.find(({ kind }) => kind === "quiet")).toMatchObject({ value: 4, points: 3 });
    expect(now?.checkedAt).toEqual(morningOf("2026-06-19"));
  });

  it("waits until six by the academy's clocks, and asks for a day only once", async () => {
    const { id } = await createBatch(db);
    const student = await studentQuietSince(id, "2026-06-10");
    await tick(new Date("2026-06-17T10:30:00Z"));
    expect(await history(student.studentId)).toEqual([]);
    await tick(morningOf(WEDNESDAY));
    await addCodingDays(db, student.id, { "2026-07-20": 1 });
    await db.execute(sql`update daily_summary set total_ms = 3600000 where user_id = ${student.id}`);
    await tick(new Date("2026-06-17T20:00:00Z"));
    expect(await history(student.studentId)).toEqual([["watch", "2026-06-17", null]]);
  });

  it("ends the band of whoever is paused or whose batch is over, and takes a word of the same day back", async () => {
    const { id } = await createBatch(db);
    const [paused, sameDay, other] = [
      await studentQuietSince(id, "2026-06-10"),
      await studentQuietSince(id, "2026-06-10"),
      await studentQuietSince((await createBatch(db)).id, "2026-06-10"),
    ];
    await tick(morningOf(WEDNESDAY));
    await db.execute(sql`update enrolment set status = 'paused' where student_id = ${sameDay.studentId}`);
    await db.delete(setting).where(eq(setting.key, "early_warning_checked"));
    await tick(morningOf(WEDNESDAY));
    expect(await history(sameDay.studentId)).toEqual([]);
    await db.execute(sql`update enrolment set status = 'paused' where student_id = ${paused.studentId}`);
    await db.update(batch).set({ archivedAt: new Date() }).where(sql`id <> ${id}`);
    await tick(morningOf("2026-06-18"));
    for (const each of [paused, other]) {
      expect(await history(each.studentId)).toEqual([["watch", "2026-06-17", "2026-06-18"]]);
    }
  });

  it("a night without a sync is no change, neither for the better nor, after it, for the worse", async () => {
    const { id } = await createBatch(db);
    const teacher = await createUser(db, { role: "instructor" });
    await db.insert(batchInstructor).values({ batchId: id, userId: teacher.id });
    const student = await studentQuietSince(id, "2026-06-16");
    for (const date of eachDay(WEDNESDAY, "2026-06-20")) await tick(morningOf(date));
    const answer = { response: "resolved", reason: "ill", until: null } as const;
    const actor: Actor = { type: "user", id: teacher.id, role: "instructor" };
    const news = async (date: DateString) => (await getDashboard(db, morningOf(date))).attention.changes.rows;
    expect((await news("2026-06-20")).map(({ before, state }) => [before, state])).toEqual([["on_track", "watch"]]);
    expect(await answerRisk(db, actor, student.studentId, answer, morningOf("2026-06-20"))).toMatchObject({ ok: true });
    expect(await news("2026-06-20")).toEqual([]);
    // Nothing was read in the night to the 21st.
    const { io } = createTestIo(db, "http://127.0.0.1:9", () => morningOf("2026-06-22"));
    await db.execute(sql`update connection set last_synced_at = '2026-06-20T00:00:00Z'`);
    await runJob("risk-tick", {}, io);
    await tick(morningOf("2026-06-23"));
    expect((await history(student.studentId)).map(([state]) => state)).toEqual([
      ...["on_track", "watch", "no_data", "watch"],
    ]);
    expect(await news("2026-06-23")).toEqual([]);
    const [kept] = await db.select().from(riskSnooze);
    expect(kept?.endedAt).toBeNull();
    expect(await reopenRisk(db, actor, student.studentId, morningOf("2026-06-23"))).toMatchObject({ ok: true });
    // It stands no worse than when it was last known, long before: no news, but still in the list.
    expect(await news("2026-06-23")).toEqual([]);
  });

  it("answers are for those who teach the batch, about a warning that there is", async () => {
    const { id } = await createBatch(db);
    const [teacher, stranger] = [
      await createUser(db, { role: "instructor" }),
      await createUser(db, { role: "instructor" }),
    ];
    await db.insert(batchInstructor).values({ batchId: id, userId: teacher.id });
    const quiet = await studentQuietSince(id, "2026-06-10");
    const fine = await studentQuietSince(id, "2026-07-30");
    await tick(morningOf(WEDNESDAY));
    const now = morningOf(WEDNESDAY);
    const as = ({ id }: { id: number }): Actor => ({ type: "user", id, role: "instructor" });
    const snooze = (until: string | null) => ({ response: "snoozed" as const, reason: "away", until });
    const until = "2026-06-25";
    expect(await answerRisk(db, as(stranger), quiet.studentId, snooze(until), now)).toMatchObject({
      code: "forbidden",
    });
    expect(await reopenRisk(db, as(stranger), quiet.studentId, now)).toMatchObject({ code: "forbidden" });
    expect(await answerRisk(db, as(teacher), fine.studentId, snooze(until), now)).toMatchObject({ code: "conflict" });
    for (const wrong of [null, "2026-06-16", "2026-08-17"]) {
      expect(await answerRisk(db, as(teacher), quiet.studentId, snooze(wrong), now)).toMatchObject({ code: "invalid" });
    }
    expect(await answerRisk(db, as(teacher), quiet.studentId, snooze(until), now)).toMatchObject({ ok: true });
    const talked = { response: "talked" as const, reason: "We spoke.", until: null };
    expect(await answerRisk(db, as(teacher), quiet.studentId, talked, now)).toMatchObject({ ok: true });
    const risk = await getRisk(db, quiet.studentId);
    expect(risk?.answer).toMatchObject({ response: "talked", reason: "We spoke.", until: "2026-06-24" });
    expect(risk?.answers).toHaveLength(2);
    expect(risk?.answers.filter(({ endedAt }) => endedAt === null)).toHaveLength(1);
  });

  it("a better band in between makes an answer one to nothing: the next warning is heard", async () => {
    const { id } = await createBatch(db);
    const author = await createUser(db, { role: "admin" });
    const student = await studentQuietSince(id, "2026-06-10");
    await tick(morningOf(WEDNESDAY));
    await answerRisk(
      db,
      { type: "user", id: author.id, role: "admin" },
      student.studentId,
      { response: "snoozed", reason: "away", until: "2026-08-10" },
      morningOf(WEDNESDAY),
    );
    await db.execute(
      sql`update daily_summary set total_ms = 3600000 where user_id = ${student.id} and date = '2026-06-17'`,
    );
    await tick(morningOf("2026-06-18"));
    await tick(morningOf("2026-06-24"));
    expect((await history(student.studentId)).map(([state]) => state)).toEqual(["watch", "on_track", "watch"]);
    expect(await db.$count(riskSnooze, sql`ended_at is null`)).toBe(0);
  });

  it.each(["later", "earlier"])(
    "whoever moves to a batch that is checked %s settles in there, with the answer as it was",
    async (order) => {
      const [first, second] = [await createBatch(db), await createBatch(db)];
      const [from, to] = order === "later" ? [first, second] : [second, first];
      const author = await createUser(db, { role: "admin" });
      const admin: Actor = { type: "user", id: author.id, role: "admin" };
      const student = await studentQuietSince(from.id, "2026-06-10");
      await tick(morningOf(WEDNESDAY));
      const answer = { response: "snoozed" as const, reason: "away", until: "2026-08-10" };
      await answerRisk(db, admin, student.studentId, answer, morningOf(WEDNESDAY));
      await db.execute(sql`update enrolment set to_date = '2026-06-18' where student_id = ${student.studentId}`);
      await db.insert(enrolment).values({
        studentId: student.studentId,
        batchId: to.id,
        status: "active",
        fromDate: "2026-06-18",
      });
      await tick(morningOf("2026-06-18"));
      expect(await history(student.studentId)).toMatchObject([
        ["watch", "2026-06-17", "2026-06-18"],
        ["settling", "2026-06-18", null],
      ]);
      expect(await db.$count(riskSnooze, sql`ended_at is null`)).toBe(1);
    },
  );

  it("two workers at once write what one would", async () => {
    const { id } = await createBatch(db);
    const students = await Promise.all(Array.from({ length: 8 }, () => studentQuietSince(id, "2026-06-12")));
    await tick(morningOf(WEDNESDAY));
    await Promise.all([tick(morningOf("2026-06-18")), tick(morningOf("2026-06-18")), tick(morningOf("2026-06-18"))]);
    for (const { studentId } of students) expect(await history(studentId)).toHaveLength(2);
  });

  it("tells those who teach a batch on Monday what changed in it, once, as it is when the mail is put together", async () => {
    const { id } = await createBatch(db);
    const teacher = await createUser(db, { role: "instructor", name: "Tia" });
    const away = await createUser(db, { role: "instructor", disabledAt: new Date() });
    for (const userId of [teacher.id, away.id]) await db.insert(batchInstructor).values({ batchId: id, userId });
    const quiet = await studentQuietSince(id, "2026-06-16");
    await studentQuietSince(id, "2026-07-30");
    // On track on Monday 15 June; by the Monday after three working days without coding have gone by.
    for (const date of eachDay("2026-06-15", "2026-06-22")) {
      await tick(morningOf(date));
      await tick(new Date(morningOf(date).getTime() + 6 * 3_600_000));
    }
    await tick(morningOf("2026-06-23"));
    const written = await db.select().from(outbox).where(eq(outbox.kind, "risk-digest"));
    expect(written.map(({ userId, occasion }) => [userId, occasion])).toEqual([[teacher.id, `risk:${id}:2026-06-22`]]);
    const [claimed] = await claimNotices(db, 5, 60);
    if (!claimed) throw new Error("no notice is due");
    // The facts are those of the latest check, on Tuesday: 17, 18, 19 and 22 June.
    const mail = await composeMail(db, claimed);
    expect(mail).toMatchObject({ subject: expect.stringMatching(/^Early warning: 1 change in Batch/) });
    expect((mail as { text: string }).text).toContain(`${quiet.name}: on track → watch (Quiet: 4 working days`);
    // Whoever left meanwhile is no news any more.
    await db.execute(sql`delete from risk_band where student_id = ${quiet.studentId}`);
    expect(await composeMail(db, claimed)).toMatchObject({ dropped: expect.stringContaining("Nothing is left") });
  });

  it("ends answers: a snooze with its day or when it gets worse, what was resolved when the band changes", async () => {
    const { id } = await createBatch(db);
    const author = await createUser(db, { role: "admin" });
    const quiet = await studentQuietSince(id, "2026-06-10");
    const back = await studentQuietSince(id, "2026-06-10");
    const worse = await studentQuietSince(id, "2026-06-10");
    await tick(morningOf(WEDNESDAY));
    const answer = (studentId: number, values: Partial<typeof riskSnooze.$inferInsert>) =>
      db.insert(riskSnooze).values({
        ...{ studentId, authorId: author.id, response: "snoozed", reason: "ill", state: "watch" },
        untilDate: "2026-06-18",
        ...values,
      });
    await answer(quiet.studentId, {});
    await answer(back.studentId, { response: "resolved", untilDate: null });
    await answer(worse.studentId, { untilDate: "2026-07-30" });
    // One codes again on each day, one misses a session besides.
    await db.execute(sql`update daily_summary set total_ms = 3600000 where user_id = ${back.id}`);
    const [session] = await db.execute(sql`
      insert into demo_session (session_date, time_zone) values ('2026-06-12', 'America/Chicago') returning id`);
    await db.execute(sql`
      insert into demo_signup (session_id, student_id, status) values (${session?.id}, ${worse.studentId}, 'no_show')`);
    await tick(morningOf("2026-06-18"));
    const open = async () =>
      (await db.select().from(riskSnooze).where(sql`ended_at is null`)).map(({ studentId }) => studentId);
    expect(await open()).toEqual([quiet.studentId]);
    await tick(morningOf("2026-06-19"));
    expect(await open()).toEqual([]);
    expect(await db.$count(user)).toBe(4);
  });
});
