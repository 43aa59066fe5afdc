import { goTo } from "./fixtures/alive";
import { oneRow } from "./fixtures/database";
import { expect, signInAs, test } from "./fixtures/test";

test("a large group of outcomes leads to all of its students", async ({ context, page }) => {
  const reason = "WakaTime answered 503 & said “50% of us”.";
  const { id, students } = await oneRow<{ id: number; students: number }>(
    (sql) => sql`
      with run as (
        insert into sync_run (key, actor_job, window_days, status, planned_at, finished_at, started_at)
        values ('journey-' || gen_random_uuid(), 'journey', 14, 'completed', now(), now(), now() - interval '1 year')
        returning id
      ), outcome as (
        insert into sync_outcome (run_id, user_id, kind, reason)
        select run.id, u.id, (case when place <= 53 then 'unavailable' else 'failed' end)::sync_outcome_kind, ${reason}
        from run, (select id, row_number() over (order by id) as place from "user" where role = 'student') u
        where place <= 55
        returning kind
      )
      select run.id, (select count(*)::int from outcome) as students from run`,
  );
  expect(students).toBe(55);
  await signInAs(context, "admin@cohort.test");
  await goTo(page, `/admin/sync/${id}`);
  await page.getByRole("link", { name: "and 3 more" }).click();
  await expect(page).toHaveURL(new RegExp(`/admin/sync/students\\?run=${id}&outcome=unavailable&reason=`));
  await expect(page.locator("main")).toContainText(/started \d{4}-\d{2}-\d{2} /);
  await expect(page.locator("main")).toContainText(reason);
  await expect(page.getByRole("table", { name: "students" }).getByRole("row")).toHaveCount(21);
  await expect(page.getByRole("navigation", { name: "Pages" })).toContainText("53 students");
  const filters = page.getByRole("list", { name: "Active filters" });
  await filters.getByRole("button", { name: /^This sync: WakaTime unavailable/ }).click();
  await expect(page).toHaveURL("/admin/sync/students");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Connected students");
  for (const wrong of [
    "run=99999999999&outcome=failed",
    "run=0",
    "run=x&reason=%00",
    `run=${id}&reason=%00a`,
    "batch=99999999999",
  ]) {
    expect((await context.request.get(`/admin/sync/students?${wrong}`)).status(), wrong).toBe(200);
  }
});

test("the list of students is searched by name and filtered by the state of the link", async ({ context, page }) => {
  const broken = await oneRow<{ id: number; name: string }>(
    (sql) => sql`
      select u.id, u.name from connection c join "user" u on u.id = c.user_id
      where c.status = 'needs_reconnect' order by u.id limit 1`,
  );
  await signInAs(context, "admin@cohort.test");
  await goTo(page, "/admin/sync/students");
  await page.getByRole("button", { name: "Link", exact: true }).first().click();
  await page.getByRole("button", { name: /^needs reconnecting/ }).click();
  await expect(page).toHaveURL("/admin/sync/students?state=needs_reconnect");
  const file = await context.request.get("/api/lists/sync-students/export?state=needs_reconnect");
  expect(await file.text()).toContain(broken.name);
  const rows = page.getByRole("table", { name: "students" }).getByRole("row");
  await expect(rows.filter({ hasText: broken.name })).toContainText("reconnect needed");
  await rows.getByRole("link", { name: broken.name }).click();
  await expect(page.getByText("Only the student can repair it")).toBeVisible();
  await expect(page.getByRole("button", { name: "Sync now" })).toHaveCount(0);
});

test("students are sent away from the pages, and their requests refused", async ({ context, page, request }) => {
  await signInAs(context, "student@cohort.test");
  for (const path of ["/admin/sync", "/admin/sync/students", "/admin/sync/1", "/admin/sync/students/1"]) {
    await page.goto(path);
    await expect(page, path).toHaveURL("/portal");
  }
  expect((await context.request.get("/api/sync-runs/1")).status()).toBe(403);
  expect((await request.get("/api/sync-runs/1")).status()).toBe(401);
});
