import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvent, enrolment, user } from "@/db/schema";
import { testSql } from "@/db/testing/database";
import { DIRTY_VERDICTS, dirtyRoster, seedForDirtyRoster } from "@/db/testing/dirty-roster";
import { createUser } from "@/db/testing/factories";
import { apply, db, dryRun, rowVersions } from "@/db/testing/roster";
import type { Actor } from "@/lib/auth/permissions";
import { runWithRequest } from "@/lib/observability/request-context";

describe("a dirty file of 5,000 rows", () => {
  for (const encoding of ["utf-8", "windows-1252"] as const) {
    it(`in ${encoding} gets the right verdicts in seconds, and a second import changes nothing`, async () => {
      await testSql()`truncate "user", student, enrolment, outbox, audit_event, batch restart identity cascade`;
      const actor: Actor = { type: "user", id: (await createUser(db, { role: "admin" })).id, role: "admin" };
      const { spring, autumn } = await seedForDirtyRoster(db);
      const content = dirtyRoster(encoding);
      const started = performance.now();
      const first = await dryRun(content);
      const dryRunMs = performance.now() - started;
      expect(first.file).toMatchObject({ encoding, rows: 5_000, missing: [] });
      expect(first.counts).toEqual(DIRTY_VERDICTS);

      const before = performance.now();
      const context = { id: "x", startedAt: 0, remoteAddress: undefined, statements: 0, sqlMs: 0 };
      const applied = await runWithRequest(context, () => apply(first, { invite: true, actor }));
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
      expect(await apply(second, { invite: true, actor })).toMatchObject({ outcome: "applied", invited: 0 });
      expect(await rowVersions()).toEqual(versions);
    });
  }
});
