import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { enrolmentStatuses } from "@/db/enums";
import { batchInstructor, project } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { addCodingDays, createBatch, createConnection, createStudent, createUser } from "@/db/testing/factories";
import { addDays, localDate } from "@/lib/dates";
import { listBatches } from "./batch-list";
import { getBatchPage } from "./batch-page";
import { listGraduates } from "./certificate-students";
import { getDashboard } from "./dashboard";
import { getProjectDetail } from "./project-detail";
import { listStudents } from "./student-list";
import { getStudentOverview } from "./student-overview";
import { getStudentPage } from "./student-page";
import { getSyncHome } from "./sync-home";
import { getStudentSync } from "./sync-student-history";
import { listSyncStudents } from "./sync-student-list";
import { listSyncSubjects } from "./sync-subjects";
import { getToday } from "./today";
import { getTodayPage } from "./today-page";
import { listUsers } from "./user-list";
import { getUserOverview } from "./user-overview";

const NOW = new Date();
const ZONE = "America/Chicago";
const TODAY = localDate(NOW, ZONE);
const ADMIN = { id: 0, role: "admin" } as const;
const PAGE = { q: "", page: 1, size: 100 } as const;
const STALE_HOURS = 26;

/** Dates of an enrolment, by what a student of it is called here: every status that holds, one over, one to come. */
const DATES = {
  ...Object.fromEntries(enrolmentStatuses.map((status) => [status, { status }])),
  left: { toDate: TODAY },
  upcoming: { fromDate: addDays(TODAY, 1) },
} as Record<string, Parameters<typeof createStudent>[1]>;
const EVERYBODY = Object.keys(DATES).sort();

/** One batch with a student in every state, each connected, each with an hour yesterday; and who teaches it. */
async function academy(tx: Db) {
  const batch = await createBatch(tx, { timeZone: ZONE, startDate: addDays(TODAY, -90), endDate: addDays(TODAY, 90) });
  const teacher = await createUser(tx, { role: "instructor" });
  await tx.insert(batchInstructor).values({ batchId: batch.id, userId: teacher.id });
  const people: Record<string, Awaited<ReturnType<typeof createStudent>>> = {};
  for (const name of EVERYBODY) {
    const person = await createStudent(tx, {
      name,
      email: `${name}@example.test`,
      batchId: batch.id,
      fromDate: addDays(TODAY, -60),
      ...DATES[name],
    });
    await createConnection(tx, person.id, { lastSyncedAt: NOW });
    await addCodingDays(tx, person.id, { [addDays(TODAY, -1)]: 60 });
    people[name] = person;
  }
  return { batch, people, looker: { id: teacher.id, role: "instructor" } as const };
}

const place = (name: string, look: (tx: Db, there: Awaited<ReturnType<typeof academy>>) => Promise<void>) =>
  it(name, () => withRollback(testDb(), async (tx) => look(tx, await academy(tx))));

const namesOf = (rows: { name: string }[]) => rows.map((row) => row.name).sort();

describe("the status of an enrolment, place by place: counted, listed and shown are", () => {
  place("on the dashboard: those active now; totals count rows", async (tx, { batch }) => {
    const dashboard = await getDashboard(tx, NOW);
    expect(namesOf(dashboard.recentStudents)).toEqual(["active"]);
    expect(dashboard.activeBatches).toMatchObject([{ id: batch.id, students: 1, studentsWithData: 1 }]);
    expect(dashboard.activity.map((day) => day.students)).toEqual([1]);
    expect(dashboard.totals.students).toBe(EVERYBODY.length);
  });

  place("in the students list: those active now, until a filter says otherwise", async (tx, { batch, looker }) => {
    const sort = { key: "name", descending: false } as const;
    const list = async (filters: object) =>
      namesOf((await listStudents(tx, { ...PAGE, sort, ...filters }, ADMIN, NOW)).rows);
    for (const filters of [{}, { batch: batch.id }, { wakatime: "active" }, { q: "example.test" }]) {
      expect(await list(filters)).toEqual(["active"]);
    }
    expect((await listStudents(tx, { ...PAGE, sort, mine: "me" }, looker, NOW)).total).toBe(1);
    for (const status of EVERYBODY) expect(await list({ status }), status).toEqual([status]);
    expect(await list({ status: "all" })).toEqual(EVERYBODY);
  });

  place("in the users list: everybody, with their status beside the batch", async (tx) => {
    const sort = { key: "name", descending: false } as const;
    const { rows } = await listUsers(tx, { ...PAGE, sort, role: "student" }, ADMIN, NOW);
    expect(namesOf(rows)).toEqual(EVERYBODY);
    for (const status of ["invited", "paused", "dropped", "graduated"] as const) {
      expect(rows.find((row) => row.name === status)?.enrolmentStatus).toBe(status);
      expect(namesOf((await listUsers(tx, { ...PAGE, sort, status }, ADMIN, NOW)).rows)).toEqual([status]);
    }
  });

  place("in the batches list and on the batch's page: those active now", async (tx, { batch }) => {
    const sort = { key: "name", descending: false } as const;
    const { rows } = await listBatches(tx, { ...PAGE, sort }, ADMIN, NOW);
    expect(rows).toMatchObject([{ students: 1, studentsWithData: 1, medianWeekMs: 3_600_000 }]);
    const page = await getBatchPage(tx, batch.id, ADMIN, NOW, STALE_HOURS);
    // Invited, active, paused, and the one who begins tomorrow: they have a place.
    expect(page?.placesTaken).toBe(4);
  });

  place("offered for a project: those active now", async (tx, { batch }) => {
    const [made] = await tx.insert(project).values({ batchId: batch.id, name: "P", startDate: TODAY }).returning();
    const detail = await getProjectDetail(tx, made?.id ?? 0);
    expect(namesOf(detail?.available ?? [])).toEqual(["active"]);
  });

  place("offered a certificate as a graduate: who graduated", async (tx, { batch }) => {
    expect(namesOf(await listGraduates(tx, batch.id, "Web", NOW))).toEqual(["graduated"]);
  });

  place("quiet or without data on the instructor's day: at most those active now", async (tx, { looker }) => {
    await tx.execute(sql`delete from daily_summary`);
    const page = await getTodayPage(tx, { ...looker, timeZone: null }, NOW, STALE_HOURS);
    expect(namesOf([...page.quiet.rows, ...page.noData.rows])).toEqual(["active"]);
  });

  place("called by a sync: neither paused, dropped nor graduated", async (tx, { people, batch }) => {
    const called = async (scope: { batchId?: number }) => {
      const ids = await listSyncSubjects(tx, { afterUserId: 0, limit: 100, ...scope });
      return EVERYBODY.filter((name) => ids.includes(people[name]?.id ?? 0));
    };
    expect(await called({})).toEqual(["active", "invited", "left", "upcoming"]);
    // From tomorrow on is as good as today: another zone may have that day already.
    expect(await called({ batchId: batch.id })).toEqual(expect.arrayContaining(["active", "invited"]));
    for (const status of ["paused", "dropped", "graduated"]) {
      const today = await getToday(tx, people[status]?.id ?? 0, NOW);
      expect(today.link?.barred).toBe(status);
      expect(await called({ batchId: batch.id })).not.toContain(status);
    }
  });

  place("counted as connected on the sync page: those active now", async (tx, { looker }) => {
    const filters = { page: 1, size: 20, sort: { descending: true } };
    for (const who of [ADMIN, looker]) {
      const { overview } = await getSyncHome(tx, filters, who);
      expect(overview.students).toEqual({ connected: 1, needsReconnect: 0, scopeMissing: 0, neverConnected: 0 });
    }
  });

  place("in the list of links: everybody who has one, with the status that says whether it is read", async (tx) => {
    const filters = { page: 1, size: 100, q: "", sort: { key: "name", descending: false } } as const;
    const { rows } = await listSyncStudents(tx, filters, ADMIN);
    expect(namesOf(rows)).toEqual(EVERYBODY);
    for (const status of enrolmentStatuses) {
      expect(rows.find((row) => row.name === status)?.enrolmentStatus).toBe(status);
    }
  });

  place("shown to themselves in the portal: their batch and status, whatever it is", async (tx, { people, batch }) => {
    for (const status of enrolmentStatuses) {
      const own = await getStudentOverview(tx, people[status]?.id ?? 0, 7, NOW);
      expect(own).toMatchObject({ batch: { name: batch.name, status }, week: { totalMs: 3_600_000 } });
    }
  });

  place("an instructor's own: whoever's enrolment in the batch holds, whatever its status", async (tx, there) => {
    const { people, looker } = there;
    for (const name of EVERYBODY.filter((each) => each !== "upcoming")) {
      const { id, studentId } = people[name] ?? { id: 0, studentId: 0 };
      const own = name !== "left";
      expect((await getStudentSync(tx, id, looker)) !== null, `sync of ${name}`).toBe(own);
      const page = await getStudentPage(tx, studentId, { days: 7 }, looker, NOW);
      expect(page?.instructorIds, `page of ${name}`).toEqual(own ? [looker.id] : []);
    }
  });

  place("in v1: the batch of today only", async (tx, { people, batch }) => {
    for (const name of EVERYBODY) {
      const answer = await getUserOverview(tx, people[name]?.id ?? 0, ADMIN, NOW);
      const holds = name !== "left" && name !== "upcoming";
      expect(answer?.student_detail?.batch?.id ?? null, name).toBe(holds ? batch.id : null);
    }
  });
});
