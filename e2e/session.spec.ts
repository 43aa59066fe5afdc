import type { APIRequestContext } from "@playwright/test";
import { JOURNEY_PASSWORD, newPerson, withDatabase } from "./fixtures/database";
import { expect, sessionCookieOf, signInAs, test } from "./fixtures/test";

/** What a copied cookie still opens: nothing, once its session is over. */
async function expectWorthless(request: APIRequestContext, cookie: string): Promise<void> {
  const headers = { Cookie: cookie };
  expect((await request.get("/api/users/me", { headers })).status()).toBe(401);
  const page = await request.get("/admin", { headers, maxRedirects: 0 });
  expect(page.status()).toBe(307);
  expect(page.headers().location).toMatch(/^\/login(\?|$)/);
}

test("old defect 1: sign-out really ends the session", async ({ context, page, request }) => {
  const { email } = await newPerson("admin");
  await signInAs(context, email);
  await page.goto("/admin");
  const cookie = await sessionCookieOf(context);
  expect((await request.get("/api/users/me", { headers: { Cookie: cookie } })).status()).toBe(200);

  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login/);
  await expectWorthless(request, cookie);
  await page.goto("/admin");
  await expect(page).toHaveURL(/\/login/);
});

test("old defect 1: POST /api/logout needs no body, ends the session and clears the cookie", async ({ request }) => {
  const { email } = await newPerson("admin");
  const signedIn = await request.post("/api/login", { data: { email, password: JOURNEY_PASSWORD } });
  const setCookie = signedIn.headers()["set-cookie"] ?? "";
  expect(setCookie).toMatch(/access_token_cookie=[^;]+;.*HttpOnly;.*SameSite=Lax/i);
  const cookie = (/access_token_cookie=[^;]+/.exec(setCookie) ?? [""])[0];

  const out = await request.post("/api/logout");
  expect(out.status()).toBe(200);
  expect(await out.json()).toMatchObject({ success: true });
  expect((await request.get("/api/users/me")).status()).toBe(401);
  await expectWorthless(request, cookie);
  expect((await request.post("/api/logout")).status()).toBe(200);
});

test("a revoked session is refused on the next request", async ({ context, page, request }) => {
  const { id, email } = await newPerson("instructor");
  await signInAs(context, email);
  expect((await page.goto("/admin"))?.status()).toBe(200);
  await expect(page).toHaveURL("/admin");
  await withDatabase(({ sql }) => sql`update session set revoked_at = now() where user_id = ${id}`);
  await expectWorthless(request, await sessionCookieOf(context));
});

test("a disabled user is refused on the next request, and at the sign-in", async ({ context, page, request }) => {
  const { id, email } = await newPerson("instructor");
  await signInAs(context, email);
  expect((await page.goto("/admin"))?.status()).toBe(200);
  await withDatabase(({ sql }) => sql`update "user" set disabled_at = now() where id = ${id}`);
  await expectWorthless(request, await sessionCookieOf(context));
  const again = await request.post("/api/login", { data: { email, password: JOURNEY_PASSWORD } });
  expect(again.status()).toBe(403);
});

test("a changed role counts from the next request on", async ({ context, page }) => {
  const { id, email } = await newPerson("admin");
  await signInAs(context, email);
  await page.goto("/admin");
  await expect(page).toHaveURL("/admin");
  await withDatabase(({ sql }) => sql`update "user" set role = 'user' where id = ${id}`);
  await page.goto("/admin");
  await expect(page).toHaveURL("/welcome");
  expect((await page.request.get("/api/v1/admin/stats")).status()).toBe(403);
});

test("a cookie with a foreign signature is nobody", async ({ context, request }) => {
  const { email } = await newPerson("admin");
  await signInAs(context, email);
  const cookie = await sessionCookieOf(context);
  const [head, body] = cookie.split(".");
  await expectWorthless(request, `${head}.${body}.${"A".repeat(43)}`);
});
