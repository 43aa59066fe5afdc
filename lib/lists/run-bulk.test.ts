import { expect, it } from "vitest";
import { failure, ok } from "@/lib/errors";
import { runBulk } from "./run-bulk";

const people = Array.from({ length: 20 }, (_, index) => ({ id: index, name: `Person ${index}` }));

it("says how many were done and who not, and why; one that throws keeps nobody else from it", async () => {
  const seen: number[] = [];
  const result = await runBulk(people, async ({ id }) => {
    seen.push(id);
    if (id === 3) return failure("conflict", "Disabled already.");
    if (id === 7) throw new Error("connection lost");
    return ok();
  });
  expect(seen.toSorted((a, b) => a - b)).toEqual(people.map(({ id }) => id));
  expect(result).toMatchObject({
    ok: true,
    data: {
      done: 18,
      failed: [
        { label: "Person 3", reason: "Disabled already." },
        { label: "Person 7", reason: expect.stringContaining("Something went wrong on our side.") },
      ],
    },
  });
  expect(JSON.stringify(result)).not.toContain("connection lost");
});

it("does no more than three at the same time", async () => {
  let now = 0;
  let most = 0;
  await runBulk(people, async () => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((done) => setTimeout(done, 1));
    now -= 1;
    return ok();
  });
  expect(most).toBe(3);
});
