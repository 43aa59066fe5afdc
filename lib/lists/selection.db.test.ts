import { describe, expect, it } from "vitest";
import type { Viewer } from "@/db/queries/session";
import { testDb, withRollback } from "@/db/testing/database";
import { createUser } from "@/db/testing/factories";
import { selectedIds, selectionField } from "./selection";
import { servedUsers } from "./users-served";

const NOW = new Date("2026-06-10T12:00:00Z");
const viewer = (id: number, role: Viewer["role"]): Viewer => ({
  sessionId: 1,
  id,
  role,
  name: "Viewer",
  email: "viewer@example.test",
  timeZone: null,
  deletionDueAt: null,
  deletionZone: null,
  listChoices: {},
  viewedBy: null,
  dataVersions: null,
});

describe("what was selected in a list", () => {
  it("is read from a form's field, as ids or as a query, and as nothing else", () => {
    expect(selectionField.parse('{"ids":[3,1]}')).toEqual({ ids: [3, 1] });
    expect(selectionField.parse('{"query":"?role=student"}')).toEqual({ query: "?role=student" });
    for (const text of ["", "all", "{}", '{"ids":[]}', '{"ids":["1"]}', '{"ids":[0]}', '{"ids":[1.5]}', "null"]) {
      expect(selectionField.safeParse(text).success, text).toBe(false);
    }
    const many = JSON.stringify({ ids: Array.from({ length: 10_001 }, (_, index) => index + 1) });
    expect(selectionField.safeParse(many).success).toBe(false);
  });

  it("as a query is what matches now, in the list's order, whatever page somebody was on", async () => {
    await withRollback(testDb(), async (tx) => {
      const ids = [];
      for (const name of ["Cleo", "Ana", "Bo"]) ids.push((await createUser(tx, { name, role: "instructor" })).id);
      await createUser(tx, { name: "Dan" });
      const admin = viewer(0, "admin");
      const found = await selectedIds(tx, servedUsers, { query: "?role=instructor&page=2&size=20" }, admin, NOW);
      expect(found).toEqual([ids[1], ids[2], ids[0]]);
      expect(await selectedIds(tx, servedUsers, { ids: [7] }, admin, NOW)).toEqual([7]);
    });
  });

  it("as a query is looked up under the rights of whoever acts", async () => {
    await withRollback(testDb(), async (tx) => {
      const { id } = await createUser(tx, { name: "Ana", email: "hidden@example.test" });
      const query = { query: "?q=hidden@example.test" };
      expect(await selectedIds(tx, servedUsers, query, viewer(0, "admin"), NOW)).toEqual([id]);
      expect(await selectedIds(tx, servedUsers, query, viewer(1, "instructor"), NOW)).toEqual([]);
    });
  });
});
