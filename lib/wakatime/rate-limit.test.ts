import { expect, it } from "vitest";
import { createProcessRateLimiter, isLoopback } from "./rate-limit";

const far = new URL("https://api.wakatime.com/api/v1");

it("spaces the starts and keeps few running at once", async () => {
  let clock = 0;
  const starts: number[] = [];
  let running = 0;
  let most = 0;
  const limiter = createProcessRateLimiter({
    perSecond: 2,
    atOnce: 4,
    now: () => clock,
    sleep: async (ms?: number) => {
      clock += ms ?? 0;
      return undefined as never;
    },
  });
  const call = async () => {
    starts.push(clock);
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
  };
  await Promise.all(Array.from({ length: 12 }, () => limiter.run(far, call)));
  expect(most).toBeLessThanOrEqual(4);
  expect(clock).toBeGreaterThanOrEqual(5_500);
});

it("lets loopback addresses pass, and a failed call frees its place", async () => {
  const limiter = createProcessRateLimiter({ perSecond: 10, atOnce: 1 });
  const failing = limiter.run(far, () => Promise.reject(new Error("no")));
  await expect(failing).rejects.toThrow("no");
  expect(await limiter.run(far, async () => "next")).toBe("next");
  const local = new URL("http://127.0.0.1:4010/api/v1");
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: 50 }, () => limiter.run(local, async () => {})));
  expect(performance.now() - startedAt).toBeLessThan(500);
});

it.each([
  ["http://localhost:1", true],
  ["http://127.9.8.7", true],
  ["http://[::1]:4010", true],
  ["https://api.wakatime.com", false],
  ["http://127.0.0.1.example.com", false],
])("takes %s for loopback: %s", (url, expected) => {
  expect(isLoopback(new URL(url))).toBe(expected);
});
