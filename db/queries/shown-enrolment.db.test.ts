import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { type EnrolmentStatus, enrolmentStatuses } from "@/db/enums";
import { refreshShownEnrolments } from "@/db/mutations/shown-enrolment";
import { batch, connection, enrolment, student, user } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { createBatch, createConnection, createStudent } from "@/db/testing/factories";
import { addDays, localDate } from "@/lib/dates";
import { isShown } from "./fragments";
import { shownBatch, shownStatus } from "./student-standing";
import { countUsersBy, listUsers } from "./user-list";

const db = testDb();
const ZONES = ["Pacific/Pago_Pago", "America/Chicago", "Asia/Kathmandu", "Pacific/Kiritimati"];
const START = "2026-05-28";
/** Hours around which dates change somewhere; nine days of them. */
const INSTANTS = Array.from(
  { length: 73 },
  (_, step) => new Date(Date.parse("2026-05-27T00:00:00Z") + step * 3 * 3_600_000),
);
const ADMIN = { id: 0, role: "admin" } as const;

type Row = { id: number; batchId: number; status: EnrolmentStatus; fromDate: string; zone: string };

/** The rule in words: the latest by date of those that have begun where their batch is, else the first. */
function shownByRule(rows: Row[], at: Date): Row | null {
  const byDate = rows.toSorted((a, b) => a.fromDate.localeCompare(b.fromDate));
  return byDate.findLast((row) => row.fromDate <= localDate(at, row.zone)) ?? byDate[0] ?? null;
}

const rowsOf = (tx: Db, studentId: number): Promise<Row[]> =>
  tx
    .select({
      id: enrolment.id,
      batchId: enrolment.batchId,
      status: enrolment.status,
      fromDate: enrolment.fromDate,
      zone: batch.timeZone,
    })
    .from(enrolment)
    .innerJoin(batch, eq(batch.id, enrolment.batchId))
    .where(eq(enrolment.studentId, studentId));

/** What the tables say at each instant: by the enrolments' own columns, and by what stands with the person. */
async function shownByTables(tx: Db, studentId: number, instants: Date[]) {
  const at = sql`i.at`;
  return tx.execute<{ ids: number[] | null; status: EnrolmentStatus | null; batchId: number | null }>(sql`
    select (select json_agg(en.id) from enrolment en where en.student_id = u.student_id and ${isShown(at)}) as ids,
      ${shownStatus(at)} as status, ${shownBatch(at)} as "batchId"
    from unnest(array[${sql.join(
      instants.map((each) => sql`${each.toISOString()}::timestamptz`),
      sql`, `,
    )}]) with ordinality as i(at, place)
    join "user" u on u.student_id = ${studentId}
    order by i.place`);
}

async function expectRule(tx: Db, studentId: number, instants: Date[]) {
  const rows = await rowsOf(tx, studentId);
  const shown = await shownByTables(tx, studentId, instants);
  expect(shown).toHaveLength(instants.length);
  instants.forEach((at, index) => {
    const due = shownByRule(rows, at);
    expect(shown[index], at.toISOString()).toEqual({
      ids: due ? [due.id] : null,
      status: due?.status ?? null,
      batchId: due?.batchId ?? null,
    });
  });
}

/** Touching periods, each in a batch of some zone: the last one stays open or ends. */
const plans = fc.record({
  periods: fc.array(fc.record({ days: fc.integer({ min: 1, max: 3 }), zone: fc.nat(3), status: fc.nat(4) }), {
    minLength: 1,
    maxLength: 4,
  }),
  changes: fc.array(
    fc.record({
      what: fc.constantFrom("delete", "status", "batch", "later", "zone"),
      which: fc.nat(3),
      value: fc.nat(3),
    }),
    { maxLength: 4 },
  ),
});

async function change(
  tx: Db,
  studentId: number,
  batches: number[],
  { what, which, value }: { what: string; which: number; value: number },
) {
  const rows = await tx.select().from(enrolment).where(eq(enrolment.studentId, studentId)).orderBy(enrolment.fromDate);
  const row = rows[which % Math.max(1, rows.length)];
  if (what === "zone") {
    await tx
      .update(batch)
      .set({ timeZone: ZONES[value] ?? "UTC" })
      .where(eq(batch.id, batches[which] ?? 0));
  } else if (!row) return;
  else if (what === "delete") await tx.delete(enrolment).where(eq(enrolment.id, row.id));
  else {
    const values = {
      status: { status: enrolmentStatuses[value] ?? "active" },
      batch: { batchId: batches[value] ?? 0 },
      // Begins a day later, where that leaves a day of it.
      later: row.toDate && row.toDate <= addDays(row.fromDate, 1) ? {} : { fromDate: addDays(row.fromDate, 1) },
    }[what];
    if (values && Object.keys(values).length > 0)
      await tx.update(enrolment).set(values).where(eq(enrolment.id, row.id));
  }
}

describe("the enrolment that is shown of a student", () => {
  it("is the rule's at every instant, after any changes, in zones a day apart", async () => {
    await fc.assert(
      fc.asyncProperty(plans, ({ periods, changes }) =>
        withRollback(db, async (tx) => {
          const batches: number[] = [];
          for (const timeZone of ZONES) batches.push((await createBatch(tx, { timeZone })).id);
          const person = await createStudent(tx);
          let from = START;
          for (const [index, { days, zone, status }] of periods.entries()) {
            const to = addDays(from, days);
            const toDate = index === periods.length - 1 && days > 2 ? null : to;
            await tx.insert(enrolment).values({
              ...{ studentId: person.studentId, fromDate: from, toDate },
              batchId: batches[zone] ?? 0,
              status: enrolmentStatuses[status] ?? "active",
            });
            from = to;
          }
          await expectRule(tx, person.studentId, INSTANTS);
          for (const each of changes) await change(tx, person.studentId, batches, each);
          await expectRule(tx, person.studentId, [...INSTANTS, new Date()]);
        }),
      ),
      { numRuns: 40 },
    );
  });

  it("is brought along for many people in one statement, and for nobody else", () =>
    withRollback(db, async (tx) => {
      const one = await createBatch(tx);
      const other = await createBatch(tx);
      const people = [];
      for (let n = 0; n < 5; n++) people.push(await createStudent(tx, { batchId: one.id, toDate: "2026-03-01" }));
      await tx
        .insert(enrolment)
        .values(people.slice(0, 4).map(({ studentId }) => ({ studentId, batchId: other.id, fromDate: "2026-03-01" })));
      for (const { studentId } of people) await expectRule(tx, studentId, [new Date("2026-02-01"), new Date()]);
      const kept = await tx
        .select({ batchId: user.shownBatchId })
        .from(user)
        .where(sql`student_id is not null`)
        .orderBy(user.id);
      expect(kept.map(({ batchId }) => batchId)).toEqual([other.id, other.id, other.id, other.id, one.id]);
    }));

  it("is looked up where what stands with the person is of another day, and refreshed by the half-hourly job", () =>
    withRollback(db, async (tx) => {
      const today = localDate(new Date(), "UTC");
      const one = await createBatch(tx, { timeZone: "UTC" });
      const other = await createBatch(tx, { timeZone: "UTC" });
      const { id, studentId } = await createStudent(tx, { batchId: one.id, toDate: addDays(today, 2) });
      await tx
        .insert(enrolment)
        .values({ studentId, batchId: other.id, status: "paused", fromDate: addDays(today, 2) });
      const in3Days = new Date(Date.parse(`${today}T12:00:00Z`) + 3 * 86_400_000);
      const filters = { q: "", sort: { key: "name", descending: false }, page: 1, size: 20 } as const;
      const namesIn = async (batchId: number, at: Date) =>
        (await listUsers(tx, { ...filters, batch: batchId }, ADMIN, at)).rows.map((row) => row.id);
      expect([await namesIn(one.id, new Date()), await namesIn(other.id, new Date())]).toEqual([[id], []]);
      expect([await namesIn(one.id, in3Days), await namesIn(other.id, in3Days)]).toEqual([[], [id]]);
      expect(await countUsersBy(tx, "status", { q: "" }, ADMIN, in3Days)).toEqual([
        { value: "paused", label: "paused", count: 1 },
      ]);
      // As if the day had come: what is kept is of another time, until the job has been by.
      await tx.execute(sql`update "user" set shown_until = now() - interval '1 hour', shown_batch_id = ${other.id}`);
      expect(await namesIn(one.id, new Date())).toEqual([id]);
      await refreshShownEnrolments(tx);
      const [kept] = await tx.select({ batchId: user.shownBatchId }).from(user).where(eq(user.id, id));
      expect(kept?.batchId).toBe(one.id);
    }));
});

describe("what else stands with a person", () => {
  it("is the student row and the state of the WakaTime link, for as long as there is one", () =>
    withRollback(db, async (tx) => {
      const { id, studentId } = await createStudent(tx);
      const kept = async () => {
        const [row] = await tx
          .select({ studentId: user.studentId, wakatime: user.wakatimeStatus })
          .from(user)
          .where(eq(user.id, id));
        return row;
      };
      expect(await kept()).toEqual({ studentId, wakatime: null });
      await createConnection(tx, id);
      expect(await kept()).toEqual({ studentId, wakatime: "active" });
      await tx
        .update(connection)
        .set({ status: "needs_reconnect", brokenAt: new Date() })
        .where(eq(connection.userId, id));
      expect(await kept()).toEqual({ studentId, wakatime: "needs_reconnect" });
      await tx.delete(connection).where(eq(connection.userId, id));
      await tx.delete(student).where(eq(student.id, studentId));
      expect(await kept()).toEqual({ studentId: null, wakatime: null });
    }));
});
