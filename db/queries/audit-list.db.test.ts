import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { auditEvent, setting } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { createStudent, createUser } from "@/db/testing/factories";
import { type AuditConditions, countAuditBy, getAuditEvent, listAudit } from "./audit-list";

const rolledBack = (test: (tx: Db) => Promise<void>) => () => withRollback(testDb(), test);

const list = (tx: Db, filters: AuditConditions = {}, page = 1) =>
  listAudit(tx, { ...filters, sort: { descending: true }, page, size: 20 });
const labels = async (tx: Db, filters: AuditConditions) => (await list(tx, filters)).rows.map(({ label }) => label);

/** Two people and a job; labels say who and what. */
async function trail(tx: Db) {
  const mia = await createUser(tx, { name: "Mia", role: "admin" });
  const ada = await createStudent(tx, { name: "Ada" });
  await tx.insert(setting).values({ key: "academy_time_zone", value: "America/Chicago" });
  const event = { subjectType: "user", subjectId: ada.id };
  await tx.insert(auditEvent).values([
    { ...event, actorUserId: mia.id, action: "user.edit", label: "first", at: new Date("2026-03-01T12:00:00Z") },
    // Still the first of March in Chicago.
    { ...event, actorUserId: ada.id, action: "user.sign-up", label: "night", at: new Date("2026-03-02T05:59:59Z") },
    {
      ...event,
      actorJob: "sync-tick",
      action: "sync.start",
      subjectType: "sync_run",
      label: "job",
      at: new Date("2026-03-02T06:00:00Z"),
    },
    {
      ...event,
      actorUserId: mia.id,
      actingAs: ada.id,
      action: "user.view-as",
      label: "looked",
      before: { a: 1 },
      after: { a: 2 },
      ip: "192.0.2.7",
      requestId: "r-1",
      at: new Date("2026-03-03T12:00:00Z"),
    },
  ]);
  return { mia, ada };
}

describe("the audit log", () => {
  it(
    "lists the newest first, with who did it and as whom",
    rolledBack(async (tx) => {
      const { mia, ada } = await trail(tx);
      const { rows, total } = await list(tx);
      expect(total).toBe(4);
      expect(rows.map(({ label, actorName, actorJob }) => [label, actorName, actorJob])).toEqual([
        ["looked", "Mia", null],
        ["job", null, "sync-tick"],
        ["night", "Ada", null],
        ["first", "Mia", null],
      ]);
      expect(rows[0]).toMatchObject({ actorId: mia.id, actingAsName: "Ada", ip: "192.0.2.7", requestId: "r-1" });
      expect(rows[0]).not.toHaveProperty("before");
      const event = await getAuditEvent(tx, rows[0]?.id ?? 0);
      expect(event).toMatchObject({ before: { a: 1 }, after: { a: 2 }, subjectId: ada.id });
      expect(await getAuditEvent(tx, 2_000_000_000)).toBeNull();
    }),
  );

  it(
    "narrows by each filter; days are the academy's, both ends included",
    rolledBack(async (tx) => {
      const { mia } = await trail(tx);
      expect(await labels(tx, { action: "user.edit" })).toEqual(["first"]);
      expect(await labels(tx, { subject: "sync_run" })).toEqual(["job"]);
      expect(await labels(tx, { actor: String(mia.id) })).toEqual(["looked", "first"]);
      expect(await labels(tx, { actor: "job:sync-tick" })).toEqual(["job"]);
      expect(await labels(tx, { from: "2026-03-01", to: "2026-03-01" })).toEqual(["night", "first"]);
      expect(await labels(tx, { from: "2026-03-02", to: "2026-03-02" })).toEqual(["job"]);
      expect(await labels(tx, { actor: String(mia.id), action: "user.view-as", from: "2026-03-03" })).toEqual([
        "looked",
      ]);
      expect((await list(tx, { actor: String(mia.id) })).actorName).toBe("Mia");
      expect((await list(tx, { actor: "job:sync-tick" })).actorName).toBeNull();
      expect((await list(tx, {}, 2)).rows).toEqual([]);
    }),
  );

  it(
    "counts by the other filters; people are offered as far as they are staff",
    rolledBack(async (tx) => {
      const { mia } = await trail(tx);
      const counts = async (facet: Parameters<typeof countAuditBy>[1], filters: AuditConditions = {}) =>
        (await countAuditBy(tx, facet, filters)).map(({ value, label, count }) => [value, label, count]);
      expect(await counts("actor")).toEqual([
        [String(mia.id), "Mia", 2],
        ["job:sync-tick", "sync-tick", 1],
      ]);
      expect(await counts("actor", { action: "user.edit", actor: "job:sync-tick" })).toEqual([
        [String(mia.id), "Mia", 1],
      ]);
      const since = await counts("actor", { from: "2026-03-02" });
      expect(Object.fromEntries(since.map(([value, , count]) => [value, count]))).toEqual({
        [String(mia.id)]: 1,
        "job:sync-tick": 1,
      });
      expect(await counts("subject", { actor: String(mia.id) })).toEqual([["user", "user", 2]]);
      expect((await counts("action", { action: "user.edit" })).map(([value]) => value)).toHaveLength(4);
    }),
  );
});
