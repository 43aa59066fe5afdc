import { beforeAll, describe, expect, it } from "vitest";
import { assignment, certificate, project, setting } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import { getPortalCertificates } from "./portal-certificates";
import { getPortalProject } from "./portal-project";

// 23:00 of 9 June in Chicago, 04:00 of 10 June in UTC, 18:00 in Kiritimati.
const NOW = new Date("2026-06-10T04:00:00Z");

beforeAll(() => testDb().insert(setting).values({ key: "academy_time_zone", value: "America/Chicago" }));

describe("what a student sees of their certificates", () => {
  it("is their own, the latest first, each as the academy's calendar has it", async () => {
    const db = testDb();
    const [me, other, bare] = [
      await createStudent(db, { timeZone: "Pacific/Kiritimati" }),
      await createStudent(db),
      await createUser(db, { role: "student" }),
    ];
    const admin = await createUser(db, { role: "admin" });
    const own = (name: string, dateIssued: string, dateExpired: string | null = null) => ({
      studentId: me.studentId,
      name,
      issuer: "Scrum.org",
      dateIssued,
      dateExpired,
    });
    const issued = { issuer: "Night School", issuedBy: admin.id };
    await db.insert(certificate).values([
      own("Ended the day before", "2025-01-05", "2026-06-08"),
      own("On its last day", "2025-01-04", "2026-06-09"),
      own("In its last month", "2025-01-03", "2026-07-09"),
      own("A day longer", "2025-01-02", "2026-07-10"),
      own("For good", "2025-01-01"),
      { ...own("From here", "2026-05-01"), ...issued, verifyCode: "HOLDS" },
      {
        ...own("Taken back", "2026-04-01"),
        ...issued,
        verifyCode: "REVOKED",
        revokedAt: new Date("2026-05-02T03:00:00Z"),
        revokedReason: "Copied it",
      },
      { ...own("Another's", "2026-05-01"), studentId: other.studentId },
    ]);
    const found = await getPortalCertificates(db, me.id, NOW);
    expect(found).toMatchObject({ today: "2026-06-09", zone: "America/Chicago" });
    expect(found.certificates.map(({ name, state, revokedOn }) => [name, state, revokedOn])).toEqual([
      ["From here", "valid", null],
      // At 22:00 of the day before, in Chicago.
      ["Taken back", "revoked", "2026-05-01"],
      ["Ended the day before", "expired", null],
      ["On its last day", "expiring", null],
      ["In its last month", "expiring", null],
      ["A day longer", "valid", null],
      ["For good", "valid", null],
    ]);
    expect(JSON.stringify(found)).not.toContain("Copied it");
    expect((await getPortalCertificates(db, bare.id, NOW)).certificates).toEqual([]);
  });
});

describe("what a student sees of their projects", () => {
  it("is the open one first, then the latest, each on the day it is in its batch", async () => {
    const db = testDb();
    const [batch, former] = [
      await createBatch(db, { name: "Island", timeZone: "Pacific/Kiritimati" }),
      await createBatch(db, { name: "Former", timeZone: "America/Chicago" }),
    ];
    const me = await createStudent(db, { batchId: batch.id });
    const other = await createStudent(db, { batchId: batch.id });
    const newProject = async (batchId: number, name: string, startDate: string) => {
      const [row] = await db.insert(project).values({ batchId, name, startDate }).returning();
      return row?.id ?? 0;
    };
    const [open, latest, oldest] = [
      await newProject(batch.id, "Open", "2026-02-01"),
      await newProject(batch.id, "Latest", "2026-05-01"),
      await newProject(former.id, "Oldest", "2026-01-10"),
    ];
    const of = (studentId: number, projectId: number) => ({ studentId, projectId, status: "completed" as const });
    await db
      .insert(assignment)
      .values([
        of(me.studentId, oldest),
        of(me.studentId, latest),
        { ...of(me.studentId, open), status: "assigned", offerDate: "2026-03-29" },
        { ...of(other.studentId, latest), resumeUrl: "https://other.example.com" },
      ]);
    const found = await getPortalProject(db, me.id, NOW);
    expect(found.standing).toEqual({ batchName: "Island", status: "active" });
    expect(found.assignments.map((each) => [each.project.name, each.status, each.batch.name, each.today])).toEqual([
      ["Open", "assigned", "Island", "2026-06-10"],
      ["Latest", "completed", "Island", "2026-06-10"],
      ["Oldest", "completed", "Former", "2026-06-09"],
    ]);
    expect(found.assignments[0]).toMatchObject({ offerDate: "2026-03-29", version: 1, resumeUrl: null });
    expect(JSON.stringify(found)).not.toContain("other.example.com");

    const nowhere = await createStudent(db);
    expect(await getPortalProject(db, nowhere.id, NOW)).toEqual({ standing: null, assignments: [] });
    const bare = await createUser(db, { role: "student" });
    expect(await getPortalProject(db, bare.id, NOW)).toEqual({ standing: null, assignments: [] });
  });
});
