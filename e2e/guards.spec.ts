import { JOURNEY_PASSWORD, newEmail, newPerson, setting } from "./fixtures/database";
import { expect, signInAs, test } from "./fixtures/test";

test("the sixth wrong password within a minute is refused with Retry-After, even if it is the right one", async ({
  request,
}) => {
  const { email } = await newPerson("student");
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const answer = await request.post("/api/login", { data: { email, password: `wrong-${attempt}` } });
    expect(answer.status(), `attempt ${attempt}`).toBe(401);
  }
  for (const password of ["wrong-6", JOURNEY_PASSWORD]) {
    const refused = await request.post("/api/login", { data: { email: email.toUpperCase(), password } });
    expect(refused.status()).toBe(429);
    const seconds = Number(refused.headers()["retry-after"]);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(await refused.json()).toMatchObject({ success: false, error: { code: "rate_limited" } });
  }
});

test("right passwords never use the limit up", async ({ request }) => {
  const { email } = await newPerson("student");
  for (let attempt = 1; attempt <= 7; attempt += 1) {
    const answer = await request.post("/api/login", { data: { email, password: JOURNEY_PASSWORD } });
    expect(answer.status(), `attempt ${attempt}`).toBe(200);
  }
});

test("a write from another site is refused, one without an origin is no browser and passes", async ({ request }) => {
  const { email } = await newPerson("student");
  const post = (path: string, headers: Record<string, string>) =>
    request.post(path, { data: { email, password: JOURNEY_PASSWORD }, headers });
  const foreign: Record<string, string>[] = [
    { Origin: "https://example.com" },
    { Origin: "null" },
    { "Sec-Fetch-Site": "cross-site" },
    { Origin: setting("E2E_URL"), "Sec-Fetch-Site": "same-site" },
  ];
  for (const headers of foreign) {
    for (const path of ["/api/login", "/api/logout"]) {
      const refused = await post(path, headers);
      expect(refused.status(), `${path} ${JSON.stringify(headers)}`).toBe(403);
      expect(refused.headers()["set-cookie"]).toBeUndefined();
    }
  }
  expect((await post("/api/login", {})).status()).toBe(200);
  expect((await post("/api/login", { Origin: setting("E2E_URL"), "Sec-Fetch-Site": "same-origin" })).status()).toBe(
    200,
  );
});

test("every page carries the security headers, with a nonce of its own", async ({ page }) => {
  const nonces = new Set<string>();
  for (const path of ["/login", "/signup/student", "/login"]) {
    const headers = (await page.goto(path))?.headers() ?? {};
    const policy = headers["content-security-policy"] ?? "";
    expect(policy).toContain("frame-ancestors 'none'");
    nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? "none");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["x-frame-options"]).toBe("DENY");
    expect(headers["referrer-policy"]).toBeTruthy();
    expect(headers["x-powered-by"]).toBeUndefined();
  }
  expect(nonces.size).toBe(3);
  expect(nonces).not.toContain("none");
});

test("scripts run under the policy, and one without the nonce does not", async ({ page }) => {
  await page.goto("/login");
  // Only a page that is alive keeps what was typed and answers without loading again.
  await page.getByLabel("E-mail").fill(newEmail());
  await page.getByLabel("Password").fill("wrong-1");
  await page.evaluate(() => Object.assign(window, { stillHere: true }));
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("E-mail address or password is wrong.")).toBeVisible();
  expect(await page.evaluate(() => "stillHere" in window)).toBe(true);
});

test.describe("an injected script", () => {
  test.use({ expectedFaults: [/Content Security Policy/i] });

  test("does not run", async ({ context, page }) => {
    await signInAs(context, "admin@cohort.test");
    await page.goto("/admin");
    await page.evaluate(() => {
      const holder = document.createElement("div");
      holder.innerHTML = `<img src="data:," onerror="window.injected = true">`;
      document.body.append(holder);
    });
    await page.waitForTimeout(200);
    expect(await page.evaluate(() => "injected" in window)).toBe(false);
  });
});
