import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { batchInstructor } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { createBatch, createStudent, createUser } from "@/db/testing/factories";
import { searchCommands } from "./command";

const rolledBack = (test: (tx: Db) => Promise<void>) => () => withRollback(testDb(), test);
const NOW = new Date("2026-11-18T18:00:00Z");
const ADMIN = { id: 1, role: "admin" as const };

const people = async (tx: Db, q: string, looker: Parameters<typeof searchCommands>[2] = ADMIN) =>
  (await searchCommands(tx, q, looker, NOW)).people.map(({ name }) => name);

describe("what the command menu finds", () => {
  it(
    "are people by any part of name or address from three letters on, beginnings first, disabled last",
    rolledBack(async (tx) => {
      await createUser(tx, { name: "Rosanna Weiss", email: "rw@x.test" });
      await createUser(tx, { name: "Anna Gone", email: "gone@x.test", disabledAt: NOW });
      await createUser(tx, { name: "Anna Zeller", email: "az@x.test" });
      await createUser(tx, { name: "Ánna Ábel", email: "aa@x.test" });
      await createUser(tx, { name: "Bert", email: "joanna@x.test" });
      expect(await people(tx, "anna")).toEqual(["Anna Zeller", "Ánna Ábel", "Bert", "Rosanna Weiss", "Anna Gone"]);
      expect(await people(tx, "WEISS")).toEqual(["Rosanna Weiss"]);
      expect(await people(tx, "az@x")).toEqual(["Anna Zeller"]);
    }),
  );

  it(
    "are nobody who was deleted",
    rolledBack(async (tx) => {
      const gone = { disabledAt: NOW, anonymisedAt: NOW };
      await createUser(tx, { name: "Deleted student", email: "deleted-7@deleted.invalid", ...gone });
      await createUser(tx, { name: "Delegate", email: "dg@x.test" });
      expect(await people(tx, "dele")).toEqual(["Delegate"]);
      expect(await people(tx, "deleted", { id: 2, role: "instructor" })).toEqual([]);
    }),
  );

  it(
    "are with two letters those of whom a word begins with them, and no sign is a wildcard",
    rolledBack(async (tx) => {
      await createUser(tx, { name: "Zora Quist", email: "first@x.test" });
      await createUser(tx, { name: "Ada Zorn", email: "second@x.test" });
      await createUser(tx, { name: "Mazo", email: "third@x.test" });
      expect(await people(tx, "zo")).toEqual(["Zora Quist", "Ada Zorn"]);
      for (const q of ["%%", "__", "z%", "z_r", "\\\\"]) expect(await people(tx, q), q).toEqual([]);
    }),
  );

  it(
    "are for an instructor addresses of own students only",
    rolledBack(async (tx) => {
      const batch = await createBatch(tx);
      const teacher = await createUser(tx, { role: "instructor" });
      await tx.insert(batchInstructor).values({ batchId: batch.id, userId: teacher.id });
      await createStudent(tx, { name: "Own", email: "kestrel-1@x.test", batchId: batch.id });
      await createStudent(tx, { name: "Foreign", email: "kestrel-2@x.test" });
      await createStudent(tx, { name: "Kestrel Named", email: "other@x.test" });
      const looker = { id: teacher.id, role: "instructor" as const };
      expect(await people(tx, "kestrel", looker)).toEqual(["Kestrel Named", "Own"]);
      expect(await people(tx, "kestrel")).toEqual(["Kestrel Named", "Foreign", "Own"]);
    }),
  );

  it(
    "are at most eight people and five batches, those in the archive last",
    rolledBack(async (tx) => {
      for (let number = 10; number < 20; number += 1) await createUser(tx, { name: `Heron ${number}` });
      await createBatch(tx, { name: "Heron old", startDate: "2026-06-01", archivedAt: NOW });
      await createBatch(tx, { name: "Heron B", startDate: "2026-02-01" });
      await createBatch(tx, { name: "The herons", startDate: "2026-03-01" });
      const found = await searchCommands(tx, "heron", ADMIN, NOW);
      expect(found.people.map(({ name }) => name)).toEqual([10, 11, 12, 13, 14, 15, 16, 17].map((n) => `Heron ${n}`));
      expect(found.batches.map(({ name }) => name)).toEqual(["The herons", "Heron B", "Heron old"]);
    }),
  );
});
