import { asc, eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { claimNotices } from "@/db/mutations/outbox";
import { batch, batchInstructor, outbox, riskBand, riskSnooze, setting, user } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { addCodingDays, createBatch, createConnection, createStudent, createUser } from "@/db/testing/factories";
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
  await createConnection(db, made.id);
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
    await db.delete(setting).where(eq(setting.key, "early_warning_checked_on"));
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
    await db.delete(setting).where(eq(setting.key, "early_warning_checked_on"));
    await tick(morningOf(WEDNESDAY));
    expect(await history(sameDay.studentId)).toEqual([]);
    await db.execute(sql`update enrolment set status = 'paused' where student_id = ${paused.studentId}`);
    await db.update(batch).set({ archivedAt: new Date() }).where(sql`id <> ${id}`);
    await tick(morningOf("2026-06-18"));
    for (const each of [paused, other]) {
      expect(await history(each.studentId)).toEqual([["watch", "2026-06-17", "2026-06-18"]]);
    }
  });

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
