import { setImmediate as soon } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { inTurn } from "./in-turn";

describe("changes of one session's places", () => {
  it("run three at a time, in the order of the calls", async () => {
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    const run = (number: number) => async () => {
      begun.push(number);
      running += 1;
      most = Math.max(most, running);
      await soon();
      running -= 1;
      return number;
    };
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    expect(await Promise.all(numbers.map((number) => inTurn(1, run(number))))).toEqual(numbers);
    expect(begun).toEqual(numbers);
    expect(most).toBe(3);
  });

  it("go on after one that fails, and do not wait for another session's", async () => {
    const stuck = Array.from({ length: 4 }, () => inTurn(2, () => new Promise<never>(() => {})));
    expect(stuck).toHaveLength(4);
    const fails = () => Promise.reject(new Error("no"));
    const failing = await Promise.allSettled(Array.from({ length: 5 }, () => inTurn(3, fails)));
    expect(failing.map(({ status }) => status)).toEqual(Array(5).fill("rejected"));
    expect(await inTurn(3, async () => "done")).toBe("done");
  });

  it("are refused where a thousand wait already", async () => {
    const never = () => new Promise<never>(() => {});
    for (let count = 0; count < 1_003; count++) inTurn(4, never);
    expect(await inTurn(4, never)).toMatchObject({ ok: false, code: "unavailable", retryAfterSeconds: 5 });
  });
});
