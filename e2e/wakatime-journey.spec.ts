import type { Page } from "@playwright/test";
import { formatDuration } from "@/lib/format";
import { oneRow, withDatabase } from "./fixtures/database";
import { expect, signInAs, test } from "./fixtures/test";
import {
  daysOf,
  failAtWakatime,
  isAlive,
  linkOf,
  NO_TRACES,
  newAccount,
  newStudent,
  revokeAtWakatime,
  signInAtWakatime,
  syncNow,
  tokensOf,
  tracesOf,
} from "./fixtures/wakatime";

const SYNCED = /Connected, synced just now, 14 days stored\./;

async function connect(page: Page, button = "Connect WakaTime"): Promise<void> {
  await page.goto("/portal/wakatime");
  await page.getByRole("link", { name: button, exact: true }).click();
  await page.waitForURL(/\/portal\/wakatime\?result=/);
}

async function disconnect(page: Page, choice: RegExp): Promise<void> {
  await page.goto("/portal/wakatime");
  await page.getByText("Disconnect WakaTime…").click();
  await page.getByLabel(choice).check();
  await page.getByRole("button", { name: "Disconnect WakaTime" }).click();
  await expect(page.getByText("WakaTime is disconnected")).toBeVisible();
}

/** The 7-day total as it stands in the database, by the zone of the student's batch. */
async function weekOf(userId: number): Promise<string> {
  const { ms } = await oneRow<{ ms: number }>(
    (sql) => sql`
      select sum(d.total_ms)::float8 as ms
      from student s
      join enrolment e on e.student_id = s.id
      join batch b on b.id = e.batch_id
      join daily_summary d on d.user_id = s.user_id
      where s.user_id = ${userId} and d.date > (now() at time zone b.time_zone)::date - 7`,
  );
  return formatDuration(ms);
}

test("a student connects, sees hours, is renewed, revoked and reconnected, and disconnects", async ({
  context,
  page,
}) => {
  test.setTimeout(120_000);
  const student = await newStudent();
  const account = newAccount();
  await signInAs(context, student.email);
  await signInAtWakatime(context, account);

  await page.goto("/portal/wakatime");
  await expect(page.getByText("never connected")).toBeVisible();
  // Slow enough to be watched arriving.
  await failAtWakatime({ kind: "slow", person: account, path: "summaries", delayMs: 2_500, times: 1 });
  await connect(page);
  await expect(page).toHaveURL("/portal/wakatime?result=connected");
  await page.evaluate(() => Object.assign(window, { stillHere: true }));
  await expect(page.getByText("Your days are being read…")).toBeVisible();
  await expect(page.getByText(SYNCED)).toBeVisible({ timeout: 20_000 });
  expect(await page.evaluate(() => "stillHere" in window), "the page was not loaded again").toBe(true);
  await page.getByRole("link", { name: "See your hours" }).click();
  await expect(page).toHaveURL("/portal");
  await expect(page.getByText(await weekOf(student.id)).first()).toBeVisible();

  // The access token ends: the next sync renews it, and nobody notices.
  const first = await linkOf(student.id);
  await withDatabase(
    ({ sql }) => sql`update connection set expires_at = now() - interval '1 hour' where user_id = ${student.id}`,
  );
  await syncNow(student.id);
  const renewed = await linkOf(student.id);
  expect(renewed?.access).not.toBe(first?.access);
  expect(renewed?.refresh).not.toBe(first?.refresh);
  expect(renewed).toMatchObject({ status: "active" });
  await page.goto("/portal/wakatime");
  await expect(page.getByText(SYNCED)).toBeVisible();

  // Taken back at WakaTime: the next sync finds out, and the page asks for a new start.
  await revokeAtWakatime((await tokensOf(student.id)).refresh);
  await syncNow(student.id);
  expect(await linkOf(student.id)).toMatchObject({ status: "needs_reconnect" });
  await page.goto("/portal/wakatime");
  await expect(page.getByText("reconnect needed")).toBeVisible();
  await expect(page.getByText(/does not let us in any more since \d+ \w+ \d{4}/)).toBeVisible();
  expect(await daysOf(student.id)).toBe(14);
  await connect(page, "Reconnect WakaTime");
  await expect(page).toHaveURL("/portal/wakatime?result=reconnected");
  await expect(page.getByText(SYNCED)).toBeVisible({ timeout: 20_000 });

  const { access } = await tokensOf(student.id);
  expect(await isAlive(access)).toBe(true);
  await disconnect(page, /Keep my hours/);
  expect(await isAlive(access)).toBe(false);
  expect(await linkOf(student.id)).toBeNull();
  expect(await daysOf(student.id)).toBe(14);
  await page.goto("/portal/wakatime");
  await expect(page.getByText("not connected", { exact: true })).toBeVisible();

  await connect(page);
  await expect(page.getByText(SYNCED)).toBeVisible({ timeout: 20_000 });

  // An account whose editor has no plugin yet: days arrive, all of them zero.
  await withDatabase(({ sql }) => sql`update daily_summary set total_ms = 0 where user_id = ${student.id}`);
  await withDatabase(({ sql }) => sql`update connection set today_ms = 0 where user_id = ${student.id}`);
  await page.goto("/portal/wakatime");
  await expect(page.getByText("Connected, but no coding has been counted yet: is the plugin installed?")).toBeVisible();
  await expect(page.getByRole("heading", { name: /\(done\)$/ })).toHaveText(["Connect your account (done)"]);
  await page.goto("/portal");
  await expect(page.getByRole("link", { name: /^See your first hours arrive Connected, but no coding/ })).toBeVisible();

  await disconnect(page, /Delete my hours/);
  await expect(page.getByText("your hours are deleted")).toBeVisible();
  expect(await linkOf(student.id)).toBeNull();
  expect(await daysOf(student.id)).toBe(0);
});

test.describe("a refusal is a clear page, and nothing is half-saved", () => {
  const refused = async (page: Page, sentence: RegExp) => {
    await expect(page.getByRole("alert").filter({ hasText: "Nothing was connected" })).toContainText(sentence);
    await expect(page.getByRole("link", { name: "Connect WakaTime" })).toBeVisible();
  };

  test("a state that nobody gave out", async ({ context, page }) => {
    const student = await newStudent();
    await signInAs(context, student.email);
    const answers: string[] = [];
    page.on("response", (answer) => {
      if (answer.url().includes("/callback")) answers.push(answer.headers()["referrer-policy"] ?? "");
    });
    await page.goto(`/api/wakatime/callback?code=guessed&state=${"x".repeat(43)}`);
    expect(new URL(page.url()).search).toBe("?result=bad-state");
    expect(answers).toEqual(["no-referrer"]);
    await refused(page, /expired, was used before, or began in another window/);
    expect(await tracesOf(student.id)).toEqual(NO_TRACES);
  });

  test("a state that was used before", async ({ context, page }) => {
    const student = await newStudent();
    await signInAs(context, student.email);
    await signInAtWakatime(context, newAccount());
    const way: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("/api/wakatime/callback")) way.push(request.url());
    });
    await connect(page);
    await expect(page.getByText(SYNCED)).toBeVisible({ timeout: 20_000 });
    const link = await linkOf(student.id);
    await page.goto(way[0] ?? "");
    await expect(page).toHaveURL("/portal/wakatime?result=bad-state");
    expect(await linkOf(student.id)).toEqual(link);
  });

  test("a no at WakaTime", async ({ context, page }) => {
    const student = await newStudent();
    await signInAs(context, student.email);
    await signInAtWakatime(context, newAccount(), "no");
    await connect(page);
    await expect(page.getByText("You said no at WakaTime.")).toBeVisible();
    expect(await tracesOf(student.id)).toEqual(NO_TRACES);
  });

  test("a token exchange that fails, and goes well the next time", async ({ context, page }) => {
    const student = await newStudent();
    const account = newAccount();
    await signInAs(context, student.email);
    await signInAtWakatime(context, account);
    await failAtWakatime({ kind: "500", person: account, path: "oauth/token", times: 1 });
    await connect(page);
    await refused(page, /WakaTime does not answer at the moment/);
    expect(await tracesOf(student.id)).toEqual(NO_TRACES);
    await connect(page);
    await expect(page).toHaveURL("/portal/wakatime?result=connected");
  });

  test("an account that another student has linked", async ({ context, page, browser, baseURL }) => {
    const account = newAccount();
    const other = await newStudent();
    const theirs = await browser.newContext({ ...(baseURL ? { baseURL } : {}) });
    await signInAs(theirs, other.email);
    await signInAtWakatime(theirs, account);
    await connect(await theirs.newPage());
    await theirs.close();

    const student = await newStudent();
    await signInAs(context, student.email);
    await signInAtWakatime(context, account);
    await connect(page);
    await refused(page, /belongs to another student here/);
    expect(await tracesOf(student.id)).toEqual(NO_TRACES);
    expect(await linkOf(other.id)).toMatchObject({ status: "active" });
  });

  test("somebody who is not signed in, or no student", async ({ context, page }) => {
    await page.goto("/api/wakatime/callback?code=c&state=s");
    await expect(page).toHaveURL("/login?next=%2Fportal%2Fwakatime");
    await signInAs(context, "instructor@cohort.test");
    await page.goto("/api/wakatime/callback?code=c&state=s");
    await expect(page).toHaveURL("/admin/today");
  });

  test("a start from another site", async ({ context, page }) => {
    const student = await newStudent();
    await signInAs(context, student.email);
    const start = (site: string) =>
      page.request.get("/api/wakatime/start", { headers: { "Sec-Fetch-Site": site }, maxRedirects: 0 });
    expect((await start("cross-site")).headers().location).toBe("/portal/wakatime");
    expect((await start("same-origin")).headers().location).toMatch(/\/oauth\/authorize\?/);
  });
});

test("a paused student is told that nothing is fetched", async ({ context, page }) => {
  const student = await newStudent();
  await withDatabase(
    ({ sql }) => sql`
      update enrolment set status = 'paused' where student_id = (select id from student where user_id = ${student.id})`,
  );
  await signInAs(context, student.email);
  await signInAtWakatime(context, newAccount());
  await connect(page);
  await expect(page.getByText("Staff paused your enrolment: nothing is fetched until it goes on.")).toBeVisible({
    timeout: 20_000,
  });
  expect(await daysOf(student.id)).toBe(0);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("a student connects and disconnects all the same", async ({ context, page }) => {
    const student = await newStudent();
    await signInAs(context, student.email);
    await signInAtWakatime(context, newAccount());
    await connect(page);
    await expect(page.getByText("WakaTime is connected")).toBeVisible();
    await expect.poll(() => daysOf(student.id), { timeout: 20_000 }).toBe(14);
    await disconnect(page, /Delete my hours/);
    expect(await tracesOf(student.id)).toMatchObject({ links: 0, days: 0 });
  });
});

test("v1 clients connect by JSON, in the shapes of v1", async ({ context, page, request }) => {
  expect((await request.get("/api/wakatime/authorize")).status()).toBe(401);
  const student = await newStudent();
  await signInAs(context, student.email);
  await signInAtWakatime(context, newAccount());
  const started = await page.request.get("/api/wakatime/authorize");
  const { authorization_url, ...more } = await started.json();
  expect(more).toEqual({});
  const consent = await page.request.get(authorization_url, { maxRedirects: 0 });
  const back = new URL(consent.headers().location ?? "").searchParams;
  const data = { code: back.get("code"), state: back.get("state") };
  const post = (body: object) => page.request.post("/api/wakatime/callback", { data: body });
  const invalid = await post({ code: "c" });
  expect(invalid.status()).toBe(422);
  const done = await post(data);
  expect(await done.json()).toEqual({
    success: true,
    message: "WakaTime is connected.",
    data: { wakatime_connected: true },
    error: null,
  });
  const again = await post(data);
  expect(again.status()).toBe(422);
  expect(await again.json()).toMatchObject({ success: false, error: { code: "invalid" } });
  expect(await (await page.request.get("/api/users/me")).json()).toMatchObject({ wakatime_connected: true });
  const state = await (await page.request.get("/api/wakatime/connection")).json();
  expect(Object.keys(state).sort()).toEqual(["days", "hasCoding", "lastSyncedAt", "reason", "running", "status"]);
});

test("staff have no link of their own to start", async ({ context, page }) => {
  await signInAs(context, "admin@cohort.test");
  expect((await page.request.get("/api/wakatime/authorize")).status()).toBe(403);
  expect((await page.request.post("/api/wakatime/callback", { data: { code: "c", state: "s" } })).status()).toBe(403);
});
