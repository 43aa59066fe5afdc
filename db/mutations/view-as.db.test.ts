import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Database, Db } from "@/db/client";
import { getViewerBySessionId } from "@/db/queries/session";
import { auditEvent, session, user } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { createStudent, createUser } from "@/db/testing/factories";
import { openSession, revokeSession } from "./session";
import { endViewing, startViewing, VIEWING_MINUTES } from "./view-as";

const DEVICE = { ip: null, userAgent: "test" };

type Scene = {
  tx: Database;
  sid: string;
  sessionId: number;
  admin: { id: number };
  student: { id: number; studentId: number };
};

/** An admin who is signed in, and a student to look at. */
const scene = (test: (scene: Scene) => Promise<void>) => () =>
  withRollback(testDb(), async (tx: Db) => {
    const admin = await createUser(tx, { role: "admin", name: "Root" });
    const student = await createStudent(tx, { name: "Ada" });
    const sid = await openSession(tx, admin.id, DEVICE);
    const viewer = await getViewerBySessionId(tx, sid);
    if (!viewer) throw new Error("nobody is signed in");
    await test({ tx: tx as Database, sid, sessionId: viewer.sessionId, admin, student });
  });

const asAdmin = ({ admin }: Scene) => ({ type: "user", id: admin.id, role: "admin" }) as const;
const look = (s: Scene) => startViewing(s.tx, asAdmin(s), s.sessionId, s.student.id);
const viewer = ({ tx, sid }: Scene) => getViewerBySessionId(tx, sid);
const eventsOf = ({ tx }: Scene) => tx.select().from(auditEvent).orderBy(auditEvent.id);

describe("viewing as a student", () => {
  it(
    "shows the session as the student's, says who looks and until when, and is written down with both",
    scene(async (s) => {
      expect(await look(s)).toEqual({ ok: true, data: { name: "Ada" } });
      const seen = await viewer(s);
      expect(seen).toMatchObject({ id: s.student.id, role: "student", viewedBy: { id: s.admin.id, name: "Root" } });
      const minutes = (new Date(seen?.viewedBy?.until ?? 0).getTime() - Date.now()) / 60_000;
      expect(minutes).toBeGreaterThan(VIEWING_MINUTES - 1);
      expect(minutes).toBeLessThanOrEqual(VIEWING_MINUTES);
      expect(await eventsOf(s)).toMatchObject([
        {
          action: "user.view-as",
          actorUserId: s.admin.id,
          actingAs: s.student.id,
          subjectId: s.student.id,
          label: "Ada",
        },
      ]);
    }),
  );

  it(
    "ends when it is ended, once, and is written down",
    scene(async (s) => {
      await look(s);
      expect(await endViewing(s.tx, s.sid)).toBe(s.student.studentId);
      expect(await viewer(s)).toMatchObject({ id: s.admin.id, role: "admin", viewedBy: null });
      expect(await endViewing(s.tx, s.sid)).toBeNull();
      expect(await endViewing(s.tx, "never opened")).toBeNull();
      expect((await eventsOf(s)).map(({ action, actorUserId, actingAs }) => [action, actorUserId, actingAs])).toEqual([
        ["user.view-as", s.admin.id, s.student.id],
        ["user.view-as-end", s.admin.id, s.student.id],
      ]);
    }),
  );

  it(
    "is over when its time is over, whatever anybody does",
    scene(async (s) => {
      await look(s);
      await s.tx
        .update(session)
        .set({ viewingUntil: sql`now() - interval '1 second'` })
        .where(eq(session.id, s.sessionId));
      expect(await viewer(s)).toMatchObject({ id: s.admin.id, viewedBy: null });
      expect(await endViewing(s.tx, s.sid)).toBe(s.student.studentId);
      expect(await eventsOf(s)).toHaveLength(1);
    }),
  );

  it(
    "is over at once for an admin who is none any more, who is left with the role they have now",
    scene(async (s) => {
      await look(s);
      await createUser(s.tx, { role: "admin" });
      await s.tx.update(user).set({ role: "instructor" }).where(eq(user.id, s.admin.id));
      expect(await viewer(s)).toMatchObject({ id: s.admin.id, role: "instructor", viewedBy: null });
    }),
  );

  it.each(["instructor", "admin", "user"] as const)(
    "is over at once when the student becomes %s: nobody looks with another one's rights",
    (role) =>
      scene(async (s) => {
        await look(s);
        await s.tx.update(user).set({ role }).where(eq(user.id, s.student.id));
        expect(await viewer(s)).toMatchObject({ id: s.admin.id, role: "admin", viewedBy: null });
      })(),
  );

  it(
    "ends with the session: a signed-out or disabled admin looks at nothing",
    scene(async (s) => {
      await look(s);
      await createUser(s.tx, { role: "admin" });
      await s.tx.update(user).set({ disabledAt: sql`now()` }).where(eq(user.id, s.admin.id));
      expect(await viewer(s)).toBeNull();
      await s.tx.update(user).set({ disabledAt: null }).where(eq(user.id, s.admin.id));
      await revokeSession(s.tx, s.sid);
      expect(await viewer(s)).toBeNull();
      expect(await look(s)).toMatchObject({ ok: false, code: "unauthenticated" });
    }),
  );

  it.each(["instructor", "student", "user"] as const)("is refused to role %s", (role) =>
    scene(async (s) => {
      const other = await createUser(s.tx, { role });
      const actor = { type: "user", id: other.id, role } as const;
      expect(await startViewing(s.tx, actor, s.sessionId, s.student.id)).toMatchObject({
        ok: false,
        code: "forbidden",
      });
      expect(await startViewing(s.tx, actor, s.sessionId, 2_000_000_000)).toMatchObject({ code: "forbidden" });
    })(),
  );

  it(
    "is of students only, and in one's own session only",
    scene(async (s) => {
      for (const role of ["admin", "instructor", "user"] as const) {
        const other = await createUser(s.tx, { role });
        expect(await startViewing(s.tx, asAdmin(s), s.sessionId, other.id)).toMatchObject({ code: "forbidden" });
      }
      expect(await startViewing(s.tx, asAdmin(s), s.sessionId, 2_000_000_000)).toMatchObject({ code: "not_found" });
      const second = await createUser(s.tx, { role: "admin" });
      const other = { type: "user", id: second.id, role: "admin" } as const;
      expect(await startViewing(s.tx, other, s.sessionId, s.student.id)).toMatchObject({ code: "unauthenticated" });
      expect(await viewer(s)).toMatchObject({ id: s.admin.id, viewedBy: null });
    }),
  );
});
