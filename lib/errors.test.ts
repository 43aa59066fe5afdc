import { describe, expect, it } from "vitest";
import { toFailure } from "./action";
import { apiData, apiError, readBody, readQuery } from "./api";
import { signInSchema } from "./auth/credentials";
import { type ErrorCode, failure, ok, PoolBusyError, violatedConstraint } from "./errors";

const STATUS: [ErrorCode, number][] = [
  ["invalid", 422],
  ["unauthenticated", 401],
  ["forbidden", 403],
  ["not_found", 404],
  ["conflict", 409],
  ["rate_limited", 429],
  ["unavailable", 503],
  ["unexpected", 500],
];

describe("the one error shape", () => {
  it.each(STATUS)("answers %s with %i", async (code, status) => {
    const response = apiError(failure(code, "A sentence."));
    expect(response.status).toBe(status);
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(response.headers.get("retry-after")).toBeNull();
    const body = { success: false, message: "A sentence.", detail: "A sentence.", error: { code, fields: {} } };
    expect(await response.json()).toEqual(body);
  });

  it("carries fields and Retry-After", async () => {
    const response = apiError(
      failure("rate_limited", "Later.", { retryAfterSeconds: 42, fields: { email: "Wrong." } }),
    );
    expect(response.headers.get("retry-after")).toBe("42");
    expect(await response.json()).toMatchObject({ error: { fields: { email: "Wrong." } } });
  });

  it("has its counterpart for answers", async () => {
    expect(await apiData([1]).json()).toEqual({ success: true, message: null, data: [1], error: null });
    expect(ok(1)).toEqual({ ok: true, data: 1 });
  });
});

describe("what a request brings", () => {
  const post = (body: string) => new Request("http://cohort.test/api/login", { method: "POST", body });

  it("is parsed, or refused with the field's name", async () => {
    expect(await readBody(post("{"), signInSchema)).toMatchObject({ ok: false, code: "invalid" });
    expect(await readBody(post("null"), signInSchema)).toMatchObject({ ok: false, code: "invalid" });
    const missing = await readBody(post('{"email":"A@example.test"}'), signInSchema);
    expect(missing).toMatchObject({ ok: false, fields: { password: expect.any(String) } });
    const query = readQuery(new Request("http://cohort.test/?email=A@b.test&password=x"), signInSchema);
    expect(query).toEqual({ ok: true, data: { email: "a@b.test", password: "x" } });
  });
});

describe("what was thrown", () => {
  it("names the constraint behind any wrapper, and nothing of other errors", () => {
    const postgres = Object.assign(new Error("duplicate"), { code: "23505", constraint_name: "idx_user_email" });
    expect(violatedConstraint(new Error("outer", { cause: new Error("inner", { cause: postgres }) }))).toBe(
      "idx_user_email",
    );
    expect(violatedConstraint(Object.assign(new Error("syntax"), { code: "42601" }))).toBeUndefined();
    expect(violatedConstraint("a string")).toBeUndefined();
  });

  it("is told as 503 when the pool was busy, as the ORM wraps it too", () => {
    for (const error of [new PoolBusyError("busy"), new Error("Failed query", { cause: new PoolBusyError("busy") })]) {
      expect(toFailure(error)).toMatchObject({ code: "unavailable", retryAfterSeconds: 2 });
    }
  });

  it("is told without a word of what it was, otherwise", () => {
    const told = toFailure(new Error("select secret from somewhere"));
    expect(told).toMatchObject({ code: "unexpected", message: expect.stringMatching(/this id: [0-9a-f-]{36}\.$/) });
    expect(told.message).not.toContain("secret");
  });
});
