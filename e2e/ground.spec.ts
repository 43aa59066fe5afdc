import { expect, signInAs, signIns, test } from "./fixtures/test";

test("every page carries its id, its time and its statements, and static files do not", async ({ context, page }) => {
  await signInAs(context, "admin@cohort.test");
  const answer = await page.goto("/admin");
  expect(answer?.status()).toBe(200);
  const headers = answer?.headers() ?? {};
  expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(Number(headers["x-process-time"])).toBeGreaterThan(0);
  // One statement for the page's data, at most one for the session.
  expect(headers["server-timing"]).toMatch(/^db;dur=[\d.]+;desc="(1 query|2 queries)"$/);
  expect(headers["content-security-policy"]).toMatch(/'nonce-[^']+' 'strict-dynamic'/);

  const script = await page.locator("script[src]").first().getAttribute("src");
  const file = await page.request.get(script ?? "");
  expect(file.status()).toBe(200);
  expect(file.headers()["server-timing"]).toBeUndefined();
});

test("the start prints three sign-ins, and they work over the API", async ({ request }) => {
  expect(Object.keys(signIns()).sort()).toEqual(["admin@cohort.test", "instructor@cohort.test", "student@cohort.test"]);
  for (const [email, password] of Object.entries(signIns())) {
    const answer = await request.post("/api/login", { data: { email, password } });
    expect(answer.status(), email).toBe(200);
  }
});
