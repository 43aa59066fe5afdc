import type { APIResponse } from "@playwright/test";
import { newPerson, oneRow } from "./fixtures/database";
import { expect, signInAs, test } from "./fixtures/test";

async function expectFailure(answer: APIResponse, status: number, code: string): Promise<void> {
  expect(answer.status(), answer.url()).toBe(status);
  const body = await answer.json();
  expect(body).toEqual({
    success: false,
    message: expect.any(String),
    detail: body.message,
    error: { code, fields: expect.any(Object) },
  });
  expect(body.message).not.toBe("");
}

const STAFF_ONLY = ["/api/v1/admin/dashboard", "/api/v1/admin/stats", "/api/v1/admin/users", "/api/v1/admin/users/1"];

test("GET /api/users/me says that WakaTime is connected and carries no secret", async ({ context }) => {
  await signInAs(context, "student@cohort.test");
  const answer = await context.request.get("/api/users/me");
  expect(answer.status()).toBe(200);
  expect(answer.headers()["cache-control"]).toContain("no-store");
  expect(await answer.json()).toEqual({
    id: expect.any(Number),
    email: "student@cohort.test",
    name: expect.any(String),
    role: "student",
    disabled: false,
    wakatime_connected: true,
    wakatime_access_token_encrypted: "connected",
    student_id: expect.any(Number),
  });
});

test("no answer of the API carries a password hash, a token or its ciphertext", async ({ context }) => {
  await signInAs(context, "admin@cohort.test");
  for (const path of ["/api/users/me", ...STAFF_ONLY, "/api/v1/admin/users?role=student&page_size=100"]) {
    const answer = await context.request.get(path);
    expect(answer.status(), path).toBe(200);
    expect(await answer.text(), path).not.toMatch(/argon2|password|ciphertext|refresh_token|token_hash|waka_/i);
  }
});

test("the users list of the API pages, filters, and counts all that match", async ({ context }) => {
  const { n } = await oneRow<{ n: number }>(
    (sql) => sql`select count(*)::int as n from "user" where role = 'student' and search_text like '%an%'`,
  );
  await signInAs(context, "admin@cohort.test");
  const read = async (page: number) => {
    const path = `/api/v1/admin/users?page=${page}&page_size=5&role=student&search=an`;
    const answer = await context.request.get(path);
    expect(answer.status()).toBe(200);
    return (await answer.json()) as { data: { users: { id: number; role: string }[]; total_count: number } };
  };
  const [first, second] = [await read(1), await read(2)];
  expect(n).toBeGreaterThan(10);
  expect(second.data.total_count).toBe(n);
  expect(second.data.users).toHaveLength(5);
  for (const user of second.data.users) {
    expect(user.role).toBe("student");
    expect(first.data.users.map(({ id }) => id)).not.toContain(user.id);
  }
});

test("a user of the API: 200, 404 and 422, failures in one shape", async ({ context }) => {
  const { id } = await newPerson("student");
  await signInAs(context, "admin@cohort.test");
  const get = (path: string) => context.request.get(`/api/v1/admin/users${path}`);
  const found = await get(`/${id}`);
  expect(found.status()).toBe(200);
  expect(await found.json()).toMatchObject({ success: true, data: { id, role: "student" }, error: null });
  await expectFailure(await get("/2147483000"), 404, "not_found");
  for (const path of ["/abc", "/0", "/1.5", "/99999999999", "?page=0", "?page_size=101", "?role=king"]) {
    await expectFailure(await get(path), 422, "invalid");
  }
});

test("students are forbidden what staff may read, and anonymous callers are told to sign in", async ({
  context,
  request,
}) => {
  await signInAs(context, "student@cohort.test");
  for (const path of STAFF_ONLY) {
    await expectFailure(await context.request.get(path), 403, "forbidden");
    await expectFailure(await request.get(path), 401, "unauthenticated");
  }
  await expectFailure(await request.get("/api/users/me"), 401, "unauthenticated");
});

test("a sign-in that is no JSON, or lacks a field, is 422 and names the field", async ({ request }) => {
  const headers = { "Content-Type": "application/json" };
  await expectFailure(await request.post("/api/login", { data: "{", headers }), 422, "invalid");
  const answer = await request.post("/api/login", { data: { email: "someone@cohort.test" } });
  await expectFailure(answer, 422, "invalid");
  expect((await answer.json()).error.fields).toHaveProperty("password");
});

test("health and readiness answer anonymous callers", async ({ request }) => {
  expect((await request.get("/healthz")).status()).toBe(200);
  expect((await request.get("/readyz")).status()).toBe(200);
});
