import { expect, it } from "vitest";
import { assignment, project, session, setting } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import { getOwnAccount } from "./own-account";

const NOW = new Date("2026-06-10T12:00:00Z");
const at = (time: string) => new Date(`2026-06-${time}:00Z`);

let serial = 0;
/** A sign-in that holds until the twentieth of June. */
const signIn = (userId: number, more: Partial<typeof session.$inferInsert> = {}) => ({
  ...{ userId, tokenHash: Buffer.from(`session ${++serial}`), device: "curl/8", ip: "192.0.2.7" },
  ...{ createdAt: at("01T08:00"), lastSeenAt: at("09T08:00"), expiresAt: at("20T08:00"), ...more },
});

it("tells who a student is here, whose zone holds, and the sign-ins that hold: this one first, never a token", () =>
  withRollback(testDb(), async (tx) => {
    const batch = await createBatch(tx, { name: "Spring", timeZone: "Asia/Kathmandu" });
    const me = await createStudent(tx, { name: "Ana", phone: "+1 2", batchId: batch.id, emailVerifiedAt: NOW });
    const [shop] = await tx
      .insert(project)
      .values({ batchId: batch.id, name: "Shop", startDate: "2026-02-02" })
      .returning();
    await tx.insert(assignment).values({ studentId: me.studentId, projectId: shop?.id ?? 0, status: "active" });
    const other = await createUser(tx);
    const [mine, fresh] = await tx
      .insert(session)
      .values([
        signIn(me.id, { lastSeenAt: at("02T08:00"), device: null, ip: null }),
        signIn(me.id, { lastSeenAt: at("10T11:00") }),
        signIn(me.id, { revokedAt: at("09T09:00") }),
        signIn(me.id, { expiresAt: at("10T11:59") }),
        signIn(other.id),
      ])
      .returning();

    const own = await getOwnAccount(tx, { userId: me.id, sessionId: mine?.id ?? 0 }, NOW);
    expect(own).toMatchObject({
      ...{ name: "Ana", phone: "+1 2", role: "student", isVerified: true, hasPassword: false, studentId: me.studentId },
      ...{ timeZone: null, otherZone: "Asia/Kathmandu", otherZoneOf: "batch" },
      batch: { name: "Spring", status: "active", from: "2026-01-05", to: null },
      project: { name: "Shop", status: "active" },
    });
    expect(own?.signIns.total).toBe(2);
    const keys = ["createdAt", "device", "id", "ip", "isThis", "lastSeenAt"];
    expect(own?.signIns.rows.map((row) => Object.keys(row).sort())).toEqual([keys, keys]);
    expect(own?.signIns.rows).toMatchObject([
      { id: mine?.id, isThis: true, device: null, ip: null },
      { id: fresh?.id, isThis: false, device: "curl/8", ip: "192.0.2.7" },
    ]);
    // An admin who looks with the student's eyes is told none of it.
    const looked = await getOwnAccount(tx, { userId: me.id, sessionId: null }, NOW);
    expect(looked).toMatchObject({ name: "Ana", signIns: { total: 0, rows: [] } });
  }));

it("of staff tells the academy's zone and nothing of a student; of thirty sign-ins it counts those it does not list", () =>
  withRollback(testDb(), async (tx) => {
    await tx.insert(setting).values({ key: "academy_time_zone", value: "Europe/Lisbon" });
    const was = await createStudent(tx, { role: "admin", passwordHash: "x", pendingEmail: "new@example.test" });
    const sessions = await tx
      .insert(session)
      .values(
        Array.from({ length: 30 }, (_, hour) => signIn(was.id, { lastSeenAt: new Date(+NOW - hour * 3_600_000) })),
      )
      .returning({ id: session.id });
    const last = sessions.at(-1)?.id ?? 0;
    const own = await getOwnAccount(tx, { userId: was.id, sessionId: last }, NOW);
    expect(own).toMatchObject({
      ...{ role: "admin", studentId: null, batch: null, project: null, hasPassword: true },
      ...{ otherZone: "Europe/Lisbon", otherZoneOf: "academy", pendingEmail: "new@example.test", isVerified: false },
    });
    expect(own?.signIns.total).toBe(30);
    const listed = [last, ...sessions.slice(0, 19).map(({ id }) => id)];
    expect(own?.signIns.rows.map(({ id }) => id)).toEqual(listed);
    expect(await getOwnAccount(tx, { userId: 2_000_000_000, sessionId: last }, NOW)).toBeNull();
  }));
