import { beforeEach, describe, expect, it } from "vitest";
import { rateLimit } from "@/db/schema";
import { testDb, testSql } from "@/db/testing/database";
import {
  forgiveOwnPassword,
  forgiveSignIn,
  limitOwnMail,
  limitOwnPassword,
  limitPasswordReset,
  limitSetup,
  limitSignIn,
  limitSignUp,
} from "./limits";

const EMAIL = "ada@example.test";
const HERE = "192.0.2.1";

beforeEach(async () => {
  await testDb().delete(rateLimit);
});

/** Takes one after the other; how many passed. */
async function passing(times: number, attempt: (index: number) => Promise<unknown>): Promise<number> {
  let passed = 0;
  for (let index = 0; index < times; index++) if ((await attempt(index)) === null) passed += 1;
  return passed;
}

describe("sign-ins", () => {
  it("are refused after five failures of an account at an address, and told when to come back", async () => {
    expect(await passing(5, () => limitSignIn(testDb(), EMAIL, HERE))).toBe(5);
    const refused = await limitSignIn(testDb(), EMAIL, HERE);
    expect(refused).toMatchObject({ ok: false, code: "rate_limited", message: expect.stringContaining("try again") });
    expect(refused?.retryAfterSeconds).toBeGreaterThan(50);
    expect(refused?.retryAfterSeconds).toBeLessThanOrEqual(60);
  });

  it("leave the same account elsewhere and another account here alone", async () => {
    await passing(6, () => limitSignIn(testDb(), EMAIL, HERE));
    expect(await limitSignIn(testDb(), EMAIL, "192.0.2.2")).toBeNull();
    expect(await limitSignIn(testDb(), "bela@example.test", HERE)).toBeNull();
  });

  it("count one IPv6 customer as one place", async () => {
    expect(await passing(10, (index) => limitSignIn(testDb(), EMAIL, `2001:db8:1:2::${index + 1}`))).toBe(5);
    expect(await limitSignIn(testDb(), EMAIL, "2001:db8:1:3::1")).toBeNull();
  });

  it("are a hundred a minute from one address, whoever they are for", async () => {
    const attempt = (index: number) => limitSignIn(testDb(), `person-${index}@example.test`, HERE);
    expect(await passing(105, attempt)).toBe(100);
  });

  it("are forgiven when they succeed", async () => {
    for (let round = 0; round < 12; round++) {
      expect(await limitSignIn(testDb(), EMAIL, HERE)).toBeNull();
      await forgiveSignIn(testDb(), EMAIL, HERE);
    }
    expect(await passing(8, () => limitSignIn(testDb(), EMAIL, HERE))).toBe(5);
  });

  it("cannot slip past together: of twenty at once five pass", async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => limitSignIn(testDb(), EMAIL, HERE)));
    expect(results.filter((each) => each === null)).toHaveLength(5);
  });

  it("open again when the minute is over", async () => {
    await passing(6, () => limitSignIn(testDb(), EMAIL, HERE));
    await testSql()`update rate_limit set expire = now() - interval '1 second'`;
    expect(await limitSignIn(testDb(), EMAIL, HERE)).toBeNull();
  });
});

describe("sign-ups and the set-up page", () => {
  it("are three a minute from an address, sixty with a key, counted apart", async () => {
    expect(await passing(5, () => limitSignUp(testDb(), HERE, false))).toBe(3);
    expect(await passing(65, () => limitSignUp(testDb(), HERE, true))).toBe(60);
    expect(await limitSignUp(testDb(), "192.0.2.9", false)).toBeNull();
  });

  it("allow ten tries of a set-up token", async () => {
    expect(await passing(12, () => limitSetup(testDb(), HERE))).toBe(10);
  });
});

describe("links for a new password", () => {
  it("are three an hour for an account wherever they are asked from, known or not", async () => {
    expect(await passing(5, (index) => limitPasswordReset(testDb(), EMAIL, `192.0.2.${index + 1}`))).toBe(3);
    const refused = await limitPasswordReset(testDb(), EMAIL, "192.0.2.99");
    expect(refused).toMatchObject({ code: "rate_limited", message: expect.stringMatching(/in (59|60) minutes\.$/) });
    expect(refused?.retryAfterSeconds).toBeGreaterThan(3_500);
  });

  it("are ten an hour from one address, whoever they are for", async () => {
    expect(await passing(14, (index) => limitPasswordReset(testDb(), `person-${index}@example.test`, HERE))).toBe(10);
  });
});

describe("somebody signed in", () => {
  it("has five mails an hour sent and five wrong passwords a minute; right ones do not count", async () => {
    expect(await passing(7, () => limitOwnMail(testDb(), 1))).toBe(5);
    expect(await limitOwnMail(testDb(), 2)).toBeNull();
    for (let round = 0; round < 8; round++) {
      expect(await limitOwnPassword(testDb(), 1)).toBeNull();
      await forgiveOwnPassword(testDb(), 1);
    }
    expect(await passing(7, () => limitOwnPassword(testDb(), 1))).toBe(5);
  });
});
