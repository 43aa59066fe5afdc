import fc from "fast-check";
import { expect, it } from "vitest";
import { codingNameKinds } from "@/db/enums";
import { leaseConnections } from "@/db/mutations/connection-lease";
import { testDb } from "@/db/testing/database";
import { addDays } from "@/lib/dates";
import { dayDigest } from "./day-digest";
import { storeDays } from "./store-days";
import { createConnectedUser } from "./testing/people";
import { storedDays } from "./testing/stored";
import type { CodingDay } from "./transform";

const db = testDb();
const owner = "test";
const window = { from: "2026-01-01", to: "2026-12-31" };

async function leased(key: number) {
  const userId = await createConnectedUser(db, { key });
  await leaseConnections(db, { userIds: [userId], owner, leaseSeconds: 600, window });
  return userId;
}
const asStored = (days: CodingDay[]) =>
  days.map(({ date, totalMs, timeZone, items }) => ({
    date,
    total: totalMs,
    zone: timeZone,
    items: new Set(items.map(({ kind, name, ms }) => JSON.stringify([kind, name, ms]))),
  }));
const readBack = async (userId: number) =>
  (await storedDays(db, userId)).map((day) => ({
    ...day,
    items: new Set((day.items ?? []).map((item) => JSON.stringify(item))),
  }));

const items = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom(...codingNameKinds),
    // Anything that a file or a project may be called: quotes, braces, commas, backslashes, line breaks, emoji.
    name: fc.oneof(
      fc.constantFrom("TypeScript", 'say "hi"', "a,b", "{x}", "back\\slash", "NULL", "two\nlines", "'); --", "🙂"),
      fc
        .string({ minLength: 1, maxLength: 12, unit: "binary" })
        .filter((text) => !text.includes("\0") && text.isWellFormed()),
    ),
    ms: fc.integer({ min: 1, max: 90_000_000 }),
  }),
  { selector: (item) => `${item.kind}\0${item.name}`, maxLength: 8 },
);
const content = fc.record({ totalMs: fc.integer({ min: 0, max: 90_000_000 }), items });

it("what is stored is what was fetched, digest and all, whatever stood there before", async () => {
  const userId = await leased(30_001);
  await fc.assert(
    fc.asyncProperty(
      fc.array(content, { minLength: 1, maxLength: 3 }),
      fc.array(content, { maxLength: 3 }),
      async (first, second) => {
        const days = (list: typeof first): CodingDay[] =>
          list.map((each, index) => ({ ...each, date: addDays("2026-03-01", index), timeZone: "Asia/Kathmandu" }));
        const stored = new Map<string, string | null>();
        for (const fetched of [days(first), days(second)]) {
          const result = await storeDays(db, { userId, leaseOwner: owner, fetched, stored, hasGaps: false });
          expect(result.daysWritten + result.daysUnchanged).toBe(fetched.length);
          for (const day of fetched) stored.set(day.date, dayDigest(day));
        }
        const expected = [...days(second), ...days(first).slice(second.length)];
        const found = (await readBack(userId)).filter((day) => day.date < addDays("2026-03-01", expected.length));
        expect(found).toEqual(asStored(expected));
      },
    ),
    { numRuns: 60 },
  );
});

it("many syncs that bring the same new names at the same time all get them", async () => {
  const people = await Promise.all(Array.from({ length: 8 }, (_, index) => leased(30_100 + index)));
  const names = Array.from({ length: 40 }, (_, index) => `brand new ${index}`);
  await Promise.all(
    people.map((userId, index) => {
      // Each in another order.
      const own = [...names.slice(index * 5), ...names.slice(0, index * 5)];
      const fetched = [
        {
          date: "2026-04-01",
          timeZone: "UTC",
          totalMs: 40,
          items: own.map((name) => ({ kind: "project" as const, name, ms: 1 })),
        },
      ];
      return storeDays(db, { userId, leaseOwner: owner, fetched, stored: new Map(), hasGaps: false });
    }),
  );
  for (const userId of people) expect((await storedDays(db, userId))[0]?.items).toHaveLength(40);
});
