import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createDb, type Db } from "@/db/client";
import { openSession, revokeSession } from "@/db/mutations/session";
import { session, user } from "@/db/schema";
import { testDatabaseUrl, testDb, withRollback } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import { hashToken } from "@/lib/auth/session-token";
import { runWithRequest } from "@/lib/observability/request-context";
import { whenForPerson } from "./account-deletion";
import { getViewerBySessionId } from "./session";

const DEVICE = { ip: "192.0.2.1", userAgent: "x".repeat(900) };

const signedIn = (test: (tx: Db, sid: string, person: { id: number; email: string }) => Promise<void>) =>
  withRollback(testDb(), async (tx) => {
    const person = await createUser(tx, { role: "instructor" });
    await test(tx, await openSession(tx, person.id, DEVICE), person);
  });

const rowOf = async (tx: Db, sid: string) => {
  const [row] = await tx.execute<{ seen: number; left: number; life: number; device: string }>(sql`
    select extract(epoch from now() - last_seen_at)::int as seen, extract(epoch from expires_at - now())::int as left,
      extract(epoch from expires_at - created_at)::int as life, device
    from session where token_hash = ${hashToken(sid)}`);
  if (!row) throw new Error("the session has no row");
  return row;
};

const age = (tx: Db, sid: string, seen: string, created = seen) =>
  tx.execute(sql`update session set last_seen_at = now() - ${seen}::interval, created_at = now() - ${created}::interval,
    expires_at = least(expires_at, now() - ${created}::interval + interval '30 days')
    where token_hash = ${hashToken(sid)}`);

const DAY = 86_400;

describe("the session behind a cookie", () => {
  it("gives the person as the database has them now: a new role counts on the next read", async () => {
    await signedIn(async (tx, sid, person) => {
      expect(await getViewerBySessionId(tx, sid)).toMatchObject({
        id: person.id,
        email: person.email,
        role: "instructor",
      });
      await tx.update(user).set({ role: "user" }).where(eq(user.id, person.id));
      expect(await getViewerBySessionId(tx, sid)).toMatchObject({ role: "user" });
    });
  });

  it("says in whose zone a deletion is told: their own, else the batch's; nothing where there is none", async () => {
    await withRollback(testDb(), async (tx) => {
      const batch = await createBatch(tx, { timeZone: "Asia/Kathmandu" });
      const { id } = await createStudent(tx, { batchId: batch.id });
      const sid = await openSession(tx, id, DEVICE);
      expect(await getViewerBySessionId(tx, sid)).toMatchObject({ deletionDueAt: null, deletionZone: null });
      const due = new Date("2026-12-07T20:00:00Z");
      await tx.update(user).set({ deletionDueAt: due }).where(eq(user.id, id));
      expect(await getViewerBySessionId(tx, sid)).toMatchObject({ timeZone: null, deletionZone: "Asia/Kathmandu" });
      const when = await whenForPerson(tx, id, due, new Date());
      expect(when.timeZone).toBe("Asia/Kathmandu");
      await tx.update(user).set({ timeZone: "America/Lima" }).where(eq(user.id, id));
      expect(await getViewerBySessionId(tx, sid)).toMatchObject({ deletionZone: "America/Lima" });
    });
  });

  it("tells staff the versions of what they read together, each moved by its own tables, and students none", async () => {
    await signedIn(async (tx, sid, person) => {
      const versions = async () => (await getViewerBySessionId(tx, sid))?.dataVersions;
      const first = await versions();
      expect(first?.people).toMatch(/^-?\d+$/);
      expect(await versions()).toEqual(first);
      await createBatch(tx);
      const second = await versions();
      expect(second?.batches).not.toBe(first?.batches);
      expect({ ...second, batches: first?.batches }).toEqual({ ...first, batches: first?.batches });
      await tx.update(user).set({ role: "student" }).where(eq(user.id, person.id));
      expect(await versions()).toBeNull();
    });
  });

  it("is asked by a statement that web processes prepare by name, and no other", async () => {
    const { db, close } = createDb(testDatabaseUrl(), { max: 1, prepare: "marked" });
    await getViewerBySessionId(db, "nobody");
    // The driver's own question about types aside.
    const named = await db.execute<{ statement: string }>(sql`
      select statement from pg_prepared_statements where statement not ilike '%pg_type%'`);
    await close();
    expect(named.map(({ statement }) => /token_hash/.test(statement))).toEqual([true]);
  });

  it("old defect 1: signing out left the token good; now a copy of it is worthless", async () => {
    await signedIn(async (tx, sid) => {
      await revokeSession(tx, sid);
      expect(await getViewerBySessionId(tx, sid)).toBeNull();
      await revokeSession(tx, sid);
      await revokeSession(tx, "never opened");
      expect(await getViewerBySessionId(tx, sid)).toBeNull();
    });
  });

  it("gives nobody for an unknown, an expired and a disabled person's session", async () => {
    await signedIn(async (tx, sid, person) => {
      expect(await getViewerBySessionId(tx, `${sid}x`)).toBeNull();
      await tx.update(user).set({ disabledAt: new Date() }).where(eq(user.id, person.id));
      expect(await getViewerBySessionId(tx, sid)).toBeNull();
      await tx.update(user).set({ disabledAt: null }).where(eq(user.id, person.id));
      expect(await getViewerBySessionId(tx, sid)).not.toBeNull();
      await tx.update(session).set({ expiresAt: sql`now()` }).where(eq(session.userId, person.id));
      expect(await getViewerBySessionId(tx, sid)).toBeNull();
    });
  });

  it("stores the id's hash only, and a browser's name cut to size", async () => {
    await signedIn(async (tx, sid) => {
      expect((await rowOf(tx, sid)).device).toHaveLength(200);
      const found = await tx.execute(sql`select from session where strpos(session::text, ${sid}) > 0`);
      expect(found).toHaveLength(0);
    });
  });
});

describe("last seen and expiry", () => {
  it("stay within a minute, move after it", async () => {
    await signedIn(async (tx, sid) => {
      await age(tx, sid, "50 seconds");
      await getViewerBySessionId(tx, sid);
      expect((await rowOf(tx, sid)).seen).toBe(50);
      await age(tx, sid, "3 days");
      await getViewerBySessionId(tx, sid);
      expect(await rowOf(tx, sid)).toMatchObject({ seen: 0, left: 7 * DAY });
    });
  });

  it("never move beyond thirty days from the beginning", async () => {
    await signedIn(async (tx, sid) => {
      await age(tx, sid, "1 hour", "28 days");
      await getViewerBySessionId(tx, sid);
      expect(await rowOf(tx, sid)).toMatchObject({ seen: 0, left: 2 * DAY, life: 30 * DAY });
      const beyond = tx.transaction((inner) =>
        inner.execute(sql`update session set expires_at = created_at + interval '31 days'`),
      );
      await expect(beyond).rejects.toMatchObject({ cause: { constraint_name: "session_absolute_maximum" } });
    });
  });

  it("cost no statement of their own: one a read, moved or not", async () => {
    await signedIn(async (tx, sid) => {
      for (const seen of ["1 second", "2 days"]) {
        await age(tx, sid, seen);
        const request = { id: "r", startedAt: performance.now(), statements: 0, sqlMs: 0 };
        await runWithRequest(request, () => getViewerBySessionId(tx, sid));
        expect(request.statements).toBe(1);
        expect(request.sqlMs).toBeGreaterThan(0);
      }
    });
  });
});
