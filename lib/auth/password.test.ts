import { describe, expect, it } from "vitest";
import { hashPassword, passwordMatches } from "./password";

const PASSWORD = "Correct1horse";

const ROUNDS = 8;

/** Processor time of a few runs in microseconds, worker threads included: what others do on the machine is left out. */
async function work(run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round++) await run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

describe("a password", () => {
  it("is stored as argon2id with OWASP's parameters, salted", async () => {
    const [one, other] = [await hashPassword(PASSWORD), await hashPassword(PASSWORD)];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
  });

  it("matches its own hash only", async () => {
    const stored = await hashPassword(PASSWORD);
    expect(await passwordMatches(stored, PASSWORD)).toBe(true);
    for (const wrong of ["", "correct1horse", `${PASSWORD} `]) expect(await passwordMatches(stored, wrong)).toBe(false);
  });

  it("of an account that does not exist never matches, and costs the same work", async () => {
    const stored = await hashPassword(PASSWORD);
    for (const none of [null, undefined]) expect(await passwordMatches(none, PASSWORD)).toBe(false);
    const wrong = await work(() => passwordMatches(stored, "wrong"));
    const unknown = await work(() => passwordMatches(null, "wrong"));
    // Without the decoy it would be near nothing.
    expect(unknown / wrong).toBeGreaterThan(0.4);
    expect(unknown / wrong).toBeLessThan(2.5);
  });
});
