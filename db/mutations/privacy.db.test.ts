import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "@/db/client";
import * as tables from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createBatch, createStudent } from "@/db/testing/factories";
import type { RiskSignal } from "@/lib/analytics/early-warning";
import type { Actor } from "@/lib/auth/permissions";
import { hideProjectNames } from "./privacy";

const db = testDb();
const QUIET: RiskSignal = { kind: "quiet", points: 2, value: 6, threshold: 5, unknown: null, of: "2026-06-01" };
const behindOn = (of: string): RiskSignal => ({ ...QUIET, kind: "goals", points: 1, of });

const labelsOf = async (from: Db, studentId: number) => {
  const rows = await from
    .select({ signals: tables.riskBand.signals })
    .from(tables.riskBand)
    .where(eq(tables.riskBand.studentId, studentId))
    .orderBy(tables.riskBand.fromDate);
  return rows.map(({ signals }) => signals.map(({ of }) => of));
};

it("hiding names of projects takes them out of how one stood, then and now, and out of nothing else", async () => {
  const { id: batchId } = await createBatch(db);
  const [mine, other] = [await createStudent(db, { batchId }), await createStudent(db, { batchId })];
  await db.insert(tables.codingName).values({ kind: "language", name: "TypeScript" }).onConflictDoNothing();
  await db.insert(tables.goal).values([
    { studentId: mine.studentId, slot: 1, period: "week", kind: "project", name: "secret-shop", targetMs: 3_600_000 },
    { studentId: mine.studentId, slot: 2, period: "week", kind: "language", name: "Seldom", targetMs: 3_600_000 },
  ]);
  // The goal of old-secret is gone; what is left of it is this band.
  const goals = ["old-secret", "TypeScript", "coding", "Seldom", "secret-shop"];
  for (const { studentId } of [mine, other]) {
    await db.insert(tables.riskBand).values(
      goals.map((name, at) => ({
        ...{ studentId, batchId, state: "watch" as const, points: 3, checkedAt: new Date() },
        signals: [QUIET, behindOn(name)],
        fromDate: `2026-06-0${at + 1}`,
        toDate: at + 1 < goals.length ? `2026-06-0${at + 2}` : null,
      })),
    );
  }
  const actor: Actor = { type: "user", id: mine.id, role: "student" };
  expect(await hideProjectNames(db, actor, true)).toMatchObject({ ok: true });
  const day = "2026-06-01";
  expect(await labelsOf(db, mine.studentId)).toEqual(
    ["a project", "TypeScript", "coding", "Seldom", "a project"].map((label) => [day, label]),
  );
  expect(await labelsOf(db, other.studentId)).toEqual(goals.map((label) => [day, label]));
});
