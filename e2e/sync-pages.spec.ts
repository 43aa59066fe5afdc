import type { Page } from "@playwright/test";
import { goTo, reload } from "./fixtures/alive";
import { oneRow, withDatabase } from "./fixtures/database";
import { taughtStudent } from "./fixtures/sync-ids";
import { expect, signInAs, test } from "./fixtures/test";

// They start syncs of everybody, of which there is one at a time.
test.describe.configure({ mode: "serial" });

const progress = (page: Page) => page.getByRole("region", { name: "Progress" });
const figure = (page: Page, name: string) => progress(page).locator(`[data-figure=${name}]`);

/** Something that a reload would wipe out. */
const markPage = (page: Page) => page.evaluate(() => Object.assign(window, { sameDocument: true }));
const isSamePage = (page: Page) => page.evaluate(() => "sameDocument" in window);

/** Longer than the page waits before it asks again. */
const untilItAsks = (page: Page) => page.clock.fastForward("00:20");

/** A run as a worker leaves it that was killed `seconds` ago, with one of four students done. */
const runStill = (seconds: number, scopeUserId: number | null) =>
  oneRow<{ id: number }>(
    (sql) => sql`
      insert into sync_run (key, actor_job, window_days, scope_user_id, planned_at, users_total, users_done, users_ok,
        updated_at)
      values ('journey-' || gen_random_uuid(), 'journey', 14, ${scopeUserId}, now(), 4, 1, 1,
        now() - make_interval(secs => ${seconds}))
      returning id`,
  );

const changeRun = (id: number, done: number, status: "running" | "completed") =>
  withDatabase(
    ({ sql }) => sql`
      update sync_run set users_done = ${done}, users_ok = ${done}, status = ${status}, updated_at = now(),
        finished_at = case when ${status} = 'completed' then now() end
      where id = ${id}`,
  );

test("an admin syncs everybody and sees it end without a reload", async ({ context, page }) => {
  test.setTimeout(120_000);
  await signInAs(context, "admin@cohort.test");
  await goTo(page, "/admin/sync");
  await expect(page.locator("[data-count=connected]")).not.toHaveText("0");
  await page.locator("#sync-scope").selectOption({ label: "Everybody" });
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(page).toHaveURL(/\/admin\/sync\/\d+$/);
  await markPage(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sync of everybody");
  await expect(progress(page).getByRole("status")).toHaveText(/^Sync completed/, { timeout: 90_000 });
  await expect(page.getByRole("heading", { name: "How it ended" })).toBeVisible();
  expect(Number(await figure(page, "ok").textContent())).toBeGreaterThan(50);
  expect(await isSamePage(page)).toBe(true);

  await page.goto("/admin/sync");
  const newest = page.getByRole("table", { name: "sync runs" }).getByRole("row").nth(1);
  await expect(newest).toContainText("completed");
  await expect(newest).toContainText("everybody");
});

test("the figures of a run follow it while it works, and the page is drawn anew when it ends", async ({
  context,
  page,
}) => {
  const student = await taughtStudent();
  const { id } = await runStill(0, student.id);
  await signInAs(context, "admin@cohort.test");
  await page.clock.install();
  await goTo(page, `/admin/sync/${id}`);
  await markPage(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await expect(progress(page).getByRole("progressbar")).toHaveAttribute("aria-valuenow", "25");
  await changeRun(id, 3, "running");
  await untilItAsks(page);
  await expect(figure(page, "done")).toHaveText("3");
  await expect(progress(page).getByRole("progressbar")).toHaveAttribute("aria-valuenow", "75");
  await changeRun(id, 4, "completed");
  await untilItAsks(page);
  await expect(progress(page).getByRole("status")).toHaveText("Sync completed");
  await expect(progress(page).getByRole("progressbar")).toHaveCount(0);
  await expect(page.getByText("None was written, or they are gone")).toBeVisible();
  expect(await isSamePage(page)).toBe(true);
  const questions = () => asked.filter((url) => url.includes("/api/sync-runs/")).length;
  const before = questions();
  expect(before).toBeGreaterThan(1);
  await untilItAsks(page);
  await page.evaluate(() => fetch("/healthz"));
  expect(questions()).toBe(before);
});

test("a server that does not answer is said, and the figures go on once it does", async ({ context, page }) => {
  const student = await taughtStudent();
  const { id } = await runStill(0, student.id);
  await signInAs(context, "admin@cohort.test");
  await page.clock.install();
  await goTo(page, `/admin/sync/${id}`);
  await page.route("**/api/sync-runs/*", (route) => route.fulfill({ status: 200, body: "<html>" }));
  await untilItAsks(page);
  await expect(progress(page).getByRole("alert")).toHaveText("The server does not answer. Asking again by itself.");
  await page.unroute("**/api/sync-runs/*");
  await changeRun(id, 4, "completed");
  await untilItAsks(page);
  await expect(progress(page).getByRole("status")).toHaveText("Sync completed");
  await expect(progress(page).getByRole("alert")).toHaveCount(0);
});

test("a killed run is shown as interrupted, everywhere, and a second one is not started beside it", async ({
  context,
  page,
}) => {
  const { id } = await runStill(600, null);
  try {
    await signInAs(context, "admin@cohort.test");
    await page.goto("/admin");
    const last = page.locator("section", { has: page.getByRole("heading", { name: "Last sync" }) });
    await expect(last).toContainText("interrupted");
    await expect(last).not.toContainText("running");
    // Other journeys sync single students meanwhile.
    await goTo(page, "/admin/sync?scope=everybody");
    const row = page.getByRole("table", { name: "sync runs" }).getByRole("row").nth(1);
    await expect(row).toContainText("interrupted");
    await expect(row).not.toContainText("running");
    await expect(page.getByRole("link", { name: "Follow it" })).toHaveAttribute("href", `/admin/sync/${id}`);
    await page.getByRole("button", { name: "Sync now" }).click();
    await expect(page).toHaveURL(`/admin/sync/${id}?already=1`);
    await expect(page.getByText("no second one was started")).toBeVisible();
    await expect(progress(page).getByRole("status")).toHaveText(/^Sync interrupted/);
    const answer = await context.request.get(`/api/sync-runs/${id}`);
    expect(await answer.json()).toMatchObject({
      state: "interrupted",
      done: 1,
      total: 4,
      ok: 1,
      failed: 0,
      skipped: 0,
    });
  } finally {
    await changeRun(id, 4, "completed");
  }
});

test("past days: mistakes stand beside their fields, and a right range becomes a run of its own", async ({
  context,
  page,
}) => {
  await signInAs(context, "admin@cohort.test");
  await goTo(page, "/admin/sync");
  const [from, to] = [page.getByLabel("From", { exact: true }), page.getByLabel("To", { exact: true })];
  const fill = () => page.getByRole("button", { name: "Fill these days" }).click();
  await fill();
  await expect(from).toHaveAccessibleDescription("Please give the first day.");
  await expect(to).toHaveAccessibleDescription("Please give the last day.");
  await from.fill("2001-01-01");
  await to.fill("2000-12-31");
  await fill();
  await expect(from).toHaveAccessibleDescription("At most 5 years back.");
  await expect(to).toHaveAccessibleDescription("The last day is before the first one.");
  await from.fill("2099-01-01");
  await to.fill("2099-01-02");
  await fill();
  await expect(from).toHaveAccessibleDescription("This day has not come yet.");
  await expect(to).toHaveAccessibleDescription("This day has not come yet.");

  const { batchId } = await taughtStudent();
  const { day } = await oneRow<{ day: string }>((sql) => sql`select (current_date - 40)::text as day`);
  await page.locator("#back-fill-scope").selectOption(String(batchId));
  await from.fill(day);
  await to.fill(day);
  await fill();
  await expect(page).toHaveURL(/\/admin\/sync\/\d+$/);
  const stored = await oneRow<{ start: string; end: string; batch: number }>(
    (sql) => sql`
      select window_start::text as start, window_end::text as end, scope_batch_id as batch
      from sync_run where id = ${Number(new URL(page.url()).pathname.split("/").at(-1))}`,
  );
  expect(stored).toEqual({ start: day, end: day, batch: batchId });
});

test("an instructor syncs one of their students and finds the outcome in the history", async ({ context, page }) => {
  test.setTimeout(90_000);
  const student = await taughtStudent();
  await signInAs(context, "instructor@cohort.test");
  await goTo(page, `/admin/sync/students/${student.id}`);
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(page).toHaveURL(/\/admin\/sync\/\d+/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Sync of ${student.name}`);
  await expect(progress(page).getByRole("status")).toHaveText("Sync completed", { timeout: 60_000 });
  const run = new URL(page.url()).pathname;
  await page.goto(`/admin/sync/students/${student.id}`);
  await expect(page.locator(`a[href="${run}"]`)).toHaveCount(1);
  await expect(page.getByText("synced just now")).toBeVisible();
});

test("a student who is being synced is not synced twice", async ({ context, page }) => {
  const student = await taughtStudent();
  const { id } = await runStill(0, student.id);
  await signInAs(context, "admin@cohort.test");
  await page.goto(`/admin/sync/students/${student.id}`);
  await expect(page.getByText("A sync of this student is at work already.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Follow it" })).toHaveAttribute("href", `/admin/sync/${id}`);
  await expect(page.getByRole("button", { name: "Sync now" })).toHaveCount(0);
  await changeRun(id, 4, "completed");
});

test("a student's sync that was killed does not keep another one from starting", async ({ context, page }) => {
  test.setTimeout(90_000);
  const student = await taughtStudent();
  const { id } = await runStill(600, student.id);
  await signInAs(context, "admin@cohort.test");
  await goTo(page, `/admin/sync/students/${student.id}`);
  await expect(page.getByText("The last sync of this student was interrupted.")).toBeVisible();
  await expect(page.getByRole("link", { name: "See it" })).toHaveAttribute("href", `/admin/sync/${id}`);
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(page).toHaveURL(/\/admin\/sync\/\d+$/);
  expect(new URL(page.url()).pathname).not.toBe(`/admin/sync/${id}`);
  await expect(progress(page).getByRole("status")).toHaveText("Sync completed", { timeout: 60_000 });
  await changeRun(id, 4, "completed");
});

test("past days that are being filled are not filled twice at once", async ({ context, page }) => {
  const { id, batchId } = await taughtStudent();
  const { day } = await oneRow<{ day: string }>((sql) => sql`select (current_date - 60)::text as day`);
  // Somebody else has one of them, so that the first run is not over before the second click.
  const lease = (owner: string | null) =>
    withDatabase(
      ({ sql }) => sql`
        update connection set lease_owner = ${owner}, lease_until = ${owner ? sql`now() + interval '1 minute'` : null}
        where user_id = ${id}`,
    );
  await lease("journey");
  await signInAs(context, "admin@cohort.test");
  const windows = [page, await context.newPage()];
  for (const each of windows) {
    await goTo(each, "/admin/sync");
    await each.locator("#back-fill-scope").selectOption(String(batchId));
    for (const label of ["From", "To"]) await each.getByLabel(label, { exact: true }).fill(day);
  }
  await Promise.all(windows.map((each) => each.getByRole("button", { name: "Fill these days" }).click()));
  for (const each of windows) await expect(each).toHaveURL(/\/admin\/sync\/\d+(\?already=1)?$/);
  expect(new Set(windows.map((each) => new URL(each.url()).pathname)).size).toBe(1);
  const { n } = await oneRow<{ n: number }>(
    (sql) => sql`select count(*)::int as n from sync_run where window_start = ${day} and scope_batch_id = ${batchId}`,
  );
  await lease(null);
  expect(n).toBe(1);
});

test("an instructor sees and syncs their own batches only, whatever the request says", async ({ context, page }) => {
  const [own, other] = [await taughtStudent(), await taughtStudent(false)];
  const { id: hiddenRun } = await oneRow<{ id: number }>(
    (sql) => sql`
      insert into sync_run (key, actor_job, window_days, scope_batch_id, status, planned_at, finished_at)
      values ('journey-' || gen_random_uuid(), 'journey', 14, ${other.batchId}, 'completed', now(), now()) returning id`,
  );
  await signInAs(context, "instructor@cohort.test");
  const status = async (path: string) => (await context.request.get(path)).status();
  expect(await status(`/admin/sync/students/${own.id}`)).toBe(200);
  expect(await status(`/admin/sync/students/${other.id}`)).toBe(404);
  expect(await status(`/admin/sync/${hiddenRun}`)).toBe(404);
  expect(await status(`/api/sync-runs/${hiddenRun}`)).toBe(404);
  expect(await status("/api/sync-runs/none")).toBe(422);

  await goTo(page, "/admin/sync");
  await expect(page.getByRole("heading", { name: "Back-fill" })).toHaveCount(0);
  const scope = page.locator("#sync-scope");
  const offered = await scope.locator("option").evaluateAll((each) => each.map((one) => one.getAttribute("value")));
  expect(offered).toContain(String(own.batchId));
  expect(offered).not.toContain(String(other.batchId));
  expect(offered).not.toContain("everybody");

  // Theirs alone: other journeys start runs meanwhile.
  const runs = () =>
    oneRow<{ n: number }>(
      (sql) => sql`
        select count(*)::int as n from sync_run r join "user" u on u.id = r.actor_user_id
        where u.email = 'instructor@cohort.test'`,
    );
  const { n } = await runs();
  for (const wanted of [String(other.batchId), "everybody", "2000000000"]) {
    await scope
      .locator("option")
      .first()
      .evaluate((option, value) => option.setAttribute("value", value), wanted);
    await scope.selectOption(wanted);
    await page.getByRole("button", { name: "Sync now" }).click();
    await expect(page.locator("main").getByRole("alert")).toHaveText(
      "You may sync the students of your own batches only.",
    );
    await reload(page);
  }
  expect((await runs()).n).toBe(n);

  await page.goto(`/admin/sync/students?batch=${other.batchId}`);
  await expect(page.getByText("No student matches these filters")).toBeVisible();
});
