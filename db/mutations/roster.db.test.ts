import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { judgeRoster } from "@/db/queries/roster";
import { assignment, auditEvent, enrolment, outbox, project, student, user, userToken } from "@/db/schema";
import { testDb, testSql } from "@/db/testing/database";
import { DIRTY_VERDICTS, dirtyRoster, seedForDirtyRoster } from "@/db/testing/dirty-roster";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { newLink } from "@/lib/notify/link-token";
import { runWithRequest } from "@/lib/observability/request-context";
import { digestOf } from "@/lib/roster/digest";
import { countVerdicts } from "@/lib/roster/dry-run";
import { readRoster } from "@/lib/roster/read";
import { changeEnrolmentStatus, enrolStudent, moveStudent } from "./enrolment";
import { importRoster } from "./roster";

const db = testDb();
let admin: Actor;

const TABLES = ["user", "student", "enrolment", "assignment", "user_token", "outbox"];

beforeAll(async () => {
  admin = { type: "user", id: (await createUser(db, { role: "admin" })).id, role: "admin" };
});

function rowsOf(content: Buffer | string) {
  const roster = readRoster(Buffer.from(content), {});
  if (!roster.ok) throw new Error(roster.message);
  return roster.data;
}

const dryRun = async (content: Buffer | string, batchId: number | null = null) => {
  const { rows, file } = rowsOf(content);
  const judged = await judgeRoster(db, rows, batchId);
  return { rows, file, judged, batchId, digest: digestOf(judged), counts: countVerdicts(judged) };
};

type DryRun = Awaited<ReturnType<typeof dryRun>>;

async function apply({ rows, batchId, digest }: DryRun, { invite = false, actor = admin } = {}) {
  const link = invite ? () => newLink("invite") : null;
  const result = await importRoster(db, actor, { rows, batchId, digest, label: "list.csv", newLink: link });
  if (!result.ok) throw new Error(result.message);
  return result.data;
}

/** Which version of every row there is: writing a row again changes it, though nothing in it changes. */
const rowVersions = async () => {
  const found: Record<string, unknown> = {};
  for (const table of TABLES) {
    const [row] = await testSql()`
      select count(*)::int as rows, md5(string_agg(id::text || ':' || xmin::text, ',' order by id)) as versions
      from ${testSql()(table)}`;
    found[table] = row;
  }
  return found;
};

describe("a dirty file of 5,000 rows", () => {
  for (const encoding of ["utf-8", "windows-1252"] as const) {
    it(`in ${encoding} gets the right verdicts in seconds, and a second import changes nothing`, async () => {
      await testSql()`truncate "user", student, enrolment, outbox, audit_event, batch restart identity cascade`;
      admin = { type: "user", id: (await createUser(db, { role: "admin" })).id, role: "admin" };
      const { spring, autumn } = await seedForDirtyRoster(db);
      const content = dirtyRoster(encoding);
      const started = performance.now();
      const first = await dryRun(content);
      const dryRunMs = performance.now() - started;
      expect(first.file).toMatchObject({ encoding, rows: 5_000, missing: [] });
      expect(first.counts).toEqual(DIRTY_VERDICTS);

      const before = performance.now();
      const context = { id: "x", startedAt: 0, remoteAddress: undefined, statements: 0, sqlMs: 0 };
      const applied = await runWithRequest(context, () => apply(first, { invite: true }));
      const applyMs = performance.now() - before;
      expect(applied).toEqual({ outcome: "applied", counts: DIRTY_VERDICTS, invited: 3_500 });
      expect(dryRunMs).toBeLessThan(10_000);
      expect(applyMs).toBeLessThan(10_000);
      // However many rows: one to judge, and a few each to lock and to write.
      expect(context.statements).toBeLessThanOrEqual(20);

      const [made] = await db.select().from(user).where(eq(user.email, "new-10@dirty.test"));
      expect(made).toMatchObject({ name: 'Zoë "Z; , Z" O’Müller new 10', phone: "+49 170 1234567", role: "student" });
      const inBatch = (batchId: number, status: "active" | "invited") =>
        db.$count(
          enrolment,
          sql`${enrolment.batchId} = ${batchId} and ${enrolment.status} = ${status} and ${enrolment.toDate} is null`,
        );
      expect(await inBatch(spring.id, "invited")).toBe(3_500);
      expect(await inBatch(autumn.id, "active")).toBe(50);
      expect(await db.$count(user, sql`${user.name} like 'Zoë%again'`)).toBe(0);
      const byAction = await db
        .select({ action: auditEvent.action, n: sql<number>`count(*)::int` })
        .from(auditEvent)
        .groupBy(auditEvent.action)
        .orderBy(auditEvent.action);
      expect(byAction).toEqual([
        { action: "roster.import", n: 1 },
        { action: "student.enrol", n: 3_500 },
        { action: "student.move", n: 50 },
        { action: "user.import", n: 3_650 },
      ]);

      const versions = await rowVersions();
      const second = await dryRun(content);
      expect(second.counts).toEqual({ new: 0, changed: 0, same: 4_500, error: 500 });
      expect(await apply(second, { invite: true })).toMatchObject({ outcome: "applied", invited: 0 });
      expect(await rowVersions()).toEqual(versions);
    });
  }
});

describe("what the dry run has shown", () => {
  it("is done only while it holds: else nothing is written and the new verdicts are told", async () => {
    const batch = await createBatch(db, { name: "Holding", endDate: "2099-01-01" });
    const known = await createStudent(db, { batchId: batch.id, passwordHash: "x" });
    const content = `email,name,batch\n${known.email},Zoe,Holding\nnew-held@x.test,Ada,Holding`;
    const shown = await dryRun(content);
    expect(shown.counts).toEqual({ new: 1, changed: 1, same: 0, error: 0 });
    await db.update(user).set({ name: "Mia" }).where(eq(user.id, known.id));
    const outcome = await apply(shown);
    if (outcome.outcome !== "changed-meanwhile") throw new Error("it was applied");
    expect(outcome.judged[0]?.changes).toEqual([{ field: "name", old: "Mia", new: "Zoe" }]);
    expect(await db.$count(user, eq(user.email, "new-held@x.test"))).toBe(0);
    expect(await apply({ ...shown, digest: digestOf(outcome.judged) })).toMatchObject({ outcome: "applied" });
  });

  it("is done once by two who apply it at the same moment", async () => {
    await createBatch(db, { name: "Twice", endDate: "2099-01-01" });
    const list = Array.from({ length: 50 }, (_, index) => `twice-${index}@x.test,Zoe ${index},Twice`);
    const shown = await dryRun(`email,name,batch\n${list.join("\n")}`);
    const outcomes = await Promise.all([apply(shown, { invite: true }), apply(shown, { invite: true })]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(["applied", "changed-meanwhile"]);
    expect(await db.$count(user, sql`${user.email} like 'twice-%'`)).toBe(50);
    expect(await db.$count(userToken, sql`${userToken.email} like 'twice-%'`)).toBe(50);
  });

  it("gives way to somebody who signs up under the same address at the same moment", async () => {
    await createBatch(db, { name: "Overtaken", endDate: "2099-01-01" });
    const shown = await dryRun("email,name,batch\nfirst@x.test,Ada,Overtaken\nsecond@x.test,Bob,Overtaken");
    let importing: ReturnType<typeof apply> | undefined;
    await db.transaction(async (tx) => {
      await createUser(tx, { email: "second@x.test", name: "Bob himself", role: "instructor" });
      importing = apply(shown);
      // The import has to be at the address before it is taken for good.
      await expect
        .poll(async () => {
          const [waiting] = await testSql()`
            select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and query like '%insert into "user"%'`;
          return waiting?.n;
        })
        .toBe(1);
    });
    const outcome = await importing;
    if (outcome?.outcome !== "changed-meanwhile") throw new Error("it was applied");
    expect(outcome.judged.map(({ kind }) => kind)).toEqual(["new", "error"]);
    expect(await db.$count(user, eq(user.email, "first@x.test"))).toBe(0);
  });
});

describe("enrolments", () => {
  /** The same done by hand to one of two twins, by a file to the other. */
  const cases = {
    "a move": {
      by: "batch\nAutumn twins",
      hand: (studentId: number, autumn: number) => moveStudent(db, admin, { studentId, batchId: autumn }),
    },
    "a move on a day to come": {
      by: "batch,start date\nAutumn twins,2098-05-01",
      hand: (studentId: number, autumn: number) =>
        moveStudent(db, admin, { studentId, batchId: autumn, from: "2098-05-01" }),
    },
    "a move that replaces what was planned": {
      by: "batch\nAutumn twins",
      begins: "planned",
      hand: (studentId: number, autumn: number) => moveStudent(db, admin, { studentId, batchId: autumn }),
    },
    "a move before anything has begun": {
      by: "batch\nAutumn twins",
      begins: "waiting",
      hand: (studentId: number, autumn: number) => moveStudent(db, admin, { studentId, batchId: autumn }),
    },
    pausing: {
      by: "status\npaused",
      hand: (studentId: number) => changeEnrolmentStatus(db, admin, { studentId, status: "paused" }),
    },
    "dropping out": {
      by: "status\ndropped",
      begins: "planned",
      hand: (studentId: number) => changeEnrolmentStatus(db, admin, { studentId, status: "dropped" }),
    },
    graduating: {
      by: "status\ngraduated",
      hand: (studentId: number) => changeEnrolmentStatus(db, admin, { studentId, status: "graduated" }),
    },
  };

  let spring: { id: number; name: string };
  let autumn: { id: number; name: string };
  beforeEach(async () => {
    const dates = { startDate: "2026-01-05", endDate: "2099-01-01" };
    await testSql()`update batch set name = 'former ' || id where name like '%twins'`;
    spring = await createBatch(db, { name: "Spring twins", ...dates });
    autumn = await createBatch(db, { name: "Autumn twins", ...dates });
  });

  const twin = async (begins: string) => {
    const person = await createStudent(db, { batchId: spring.id, passwordHash: "x", fromDate: "2026-02-02" });
    const [work] = await db
      .insert(project)
      .values({ batchId: spring.id, name: "Work", startDate: "2026-02-02" })
      .returning({ id: project.id });
    await db.insert(assignment).values({ studentId: person.studentId, projectId: work?.id ?? 0, status: "active" });
    if (begins === "waiting") {
      await db.update(enrolment).set({ fromDate: "2098-01-01" }).where(eq(enrolment.studentId, person.studentId));
    }
    if (begins === "planned") {
      const { studentId } = person;
      await db.update(enrolment).set({ toDate: "2098-01-01" }).where(eq(enrolment.studentId, studentId));
      await db
        .insert(enrolment)
        .values({ studentId, batchId: spring.id, status: "paused", fromDate: "2098-01-01", version: 2 });
    }
    return person;
  };

  const state = async (studentId: number) => ({
    enrolments: await db
      .select({
        batch: enrolment.batchId,
        status: enrolment.status,
        from: enrolment.fromDate,
        to: enrolment.toDate,
        version: enrolment.version,
      })
      .from(enrolment)
      .where(eq(enrolment.studentId, studentId))
      .orderBy(enrolment.fromDate),
    work: await db
      .select({ status: assignment.status, version: assignment.version })
      .from(assignment)
      .where(eq(assignment.studentId, studentId)),
    audit: await db
      .select({ action: auditEvent.action, before: auditEvent.before, after: auditEvent.after })
      .from(auditEvent)
      .where(sql`${auditEvent.subjectType} = 'student' and ${auditEvent.subjectId} = ${studentId}`),
  });

  it.each(Object.entries(cases))(
    "%s by a file is what it is by hand, and is done once",
    async (_, { by, hand, ...more }) => {
      const begins = "begins" in more ? more.begins : "";
      const [mine, theirs] = [await twin(begins), await twin(begins)];
      expect(await hand(mine.studentId, autumn.id)).toMatchObject({ ok: true });
      const [heading, cells] = by.split("\n");
      const content = `email,name,${heading}\n${theirs.email},${theirs.name},${cells}`;
      expect(await apply(await dryRun(content))).toMatchObject({ outcome: "applied", counts: { changed: 1 } });
      expect(await state(theirs.studentId)).toEqual(await state(mine.studentId));
      expect((await dryRun(content)).counts.same).toBe(1);
    },
  );

  it("of somebody without one, and of somebody whose role is still to be given, are what they are by hand", async () => {
    const people = await Promise.all([1, 2].map(() => createUser(db, { passwordHash: "x" })));
    const [mine, theirs] = people as [(typeof people)[0], (typeof people)[0]];
    const byHand = await enrolStudent(db, admin, { userId: mine.id, batchId: autumn.id });
    if (!byHand.ok) throw new Error(byHand.message);
    await apply(await dryRun(`email,name\n${theirs.email},${theirs.name}`, autumn.id));
    const [pupil] = await db.select().from(student).where(eq(student.userId, theirs.id));
    expect(await state(pupil?.id ?? 0)).toEqual(await state(byHand.data.studentId));
    expect((await db.select().from(user).where(eq(user.id, theirs.id)))[0]?.role).toBe("student");
  });

  it("take no place that there is not", async () => {
    await db.execute(sql`update batch set capacity = 2 where id = ${autumn.id}`);
    await createStudent(db, { batchId: autumn.id });
    const list = ["a", "b", "c"].map((each) => `full-${each}@x.test,${each},Autumn twins`);
    const shown = await dryRun(`email,name,batch\n${list.join("\n")}`);
    expect(shown.judged.map(({ kind }) => kind)).toEqual(["new", "error", "error"]);
  });
});

describe("invitations and permission", () => {
  it("invites those who are new when asked to, once, and puts no secret into the records", async () => {
    const batch = await createBatch(db, { name: "Inviting", endDate: "2099-01-01" });
    const known = await createStudent(db, { batchId: batch.id, passwordHash: "x" });
    const content = `email,name,batch\n${known.email},Other,Inviting\ninvited@x.test,Ada,Inviting`;
    expect(await apply(await dryRun(content), { invite: true })).toMatchObject({ invited: 1 });
    const [person] = await db.select().from(user).where(eq(user.email, "invited@x.test"));
    const notices = await db.select().from(outbox).where(eq(outbox.kind, "invitation"));
    const mine = notices.filter(({ userId }) => userId === person?.id);
    expect(mine).toHaveLength(1);
    expect(await db.$count(outbox, sql`kind = 'invitation' and user_id = ${known.id}`)).toBe(0);
    const [token] = await db
      .select()
      .from(userToken)
      .where(eq(userToken.userId, person?.id ?? 0));
    const days = ((token?.expiresAt.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.99);
    expect(days).toBeLessThanOrEqual(7.01);
  });

  it("invites later who was imported without, and again once the link has expired", async () => {
    const batch = await createBatch(db, { name: "Later", endDate: "2099-01-01" });
    const content = "email,name,batch\nlater@x.test,Ada,Later";
    expect(await apply(await dryRun(content))).toMatchObject({ invited: 0 });
    const [person] = await db.select().from(user).where(eq(user.email, "later@x.test"));
    const userId = person?.id ?? 0;
    const invite = async () => apply(await dryRun(content, batch.id), { invite: true });
    expect(await invite()).toMatchObject({ counts: { same: 1 }, invited: 1 });
    expect(await invite()).toMatchObject({ invited: 0 });
    await db.update(userToken).set({ expiresAt: sql`now()` }).where(eq(userToken.userId, userId));
    expect(await invite()).toMatchObject({ invited: 1 });
    expect(await db.$count(outbox, sql`kind = 'invitation' and user_id = ${userId}`)).toBe(2);
    expect(await db.$count(auditEvent, sql`action = 'user.invite' and subject_id = ${userId}`)).toBe(2);
    await db.update(user).set({ passwordHash: "x" }).where(eq(user.id, userId));
    await db.update(userToken).set({ expiresAt: sql`now()` }).where(eq(userToken.userId, userId));
    expect(await invite()).toMatchObject({ invited: 0 });
  });

  it("is for admins: an instructor changes nothing", async () => {
    const teacher = await createUser(db, { role: "instructor" });
    const batch = await createBatch(db, { name: "Not theirs", endDate: "2099-01-01" });
    const shown = await dryRun("email,name\nnobody@x.test,Ada", batch.id);
    const actor: Actor = { type: "user", id: teacher.id, role: "instructor" };
    await expect(apply(shown, { actor })).rejects.toThrow("Only admins import people.");
    expect(await db.$count(user, eq(user.email, "nobody@x.test"))).toBe(0);
  });
});
