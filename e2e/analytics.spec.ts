import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { alive, goTo } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { newPerson, withDatabase } from "./fixtures/database";
import { newBatch, newStudent } from "./fixtures/students";
import { expect, signInAs, test } from "./fixtures/test";

const tile = (page: Page, label: string) =>
  page.locator("dl > div", { has: page.locator("dt", { hasText: new RegExp(`^${label}`) }) });

const MINUTE_MS = 60_000;

/**
 * Of four students one coded 60 minutes a day on three of the last seven days and 30 a fortnight ago, one has rows of
 * zero, one never connected; and one is paused, who is in no number.
 */
async function knownBatch() {
  const batch = await newBatch();
  const project = `Secret ${randomUUID().slice(0, 8)}`;
  const ada = await newStudent(batch.id, "=Ada");
  const bo = await newStudent(batch.id, "Bo");
  await newStudent(batch.id, "Cy");
  const paused = await newStudent(batch.id, "Dee", "paused");
  await withDatabase(async ({ sql }) => {
    await sql`
      insert into connection (user_id, wakatime_uid, access_token_encrypted, refresh_token_encrypted, key_id, expires_at,
        last_synced_at)
      select id, gen_random_uuid(), 'x', 'x', 'journey', now() + interval '1 day', now() from "user"
      where id in ${sql([ada.userId, bo.userId, paused.userId])}`;
    await sql`
      insert into daily_summary (user_id, date, total_ms, time_zone)
      select ${ada.userId}::int, current_date - ago, minutes * ${MINUTE_MS}, 'UTC'
      from (values (0, 60), (1, 60), (2, 60), (14, 30)) days (ago, minutes)
      union all select ${bo.userId}::int, current_date - ago, 0, 'UTC' from generate_series(0, 20) ago
      union all select ${paused.userId}::int, current_date - ago, 600 * ${MINUTE_MS}, 'UTC' from generate_series(0, 20) ago`;
    await sql`update "user" set hide_project_names = true where id = ${ada.userId}`;
    await sql`insert into coding_name (kind, name) values ('project', ${project})`;
    await sql`
      insert into daily_summary_item (summary_id, name_id, ms)
      select d.id, n.id, d.total_ms from daily_summary d, coding_name n
      where d.user_id = ${ada.userId} and n.kind = 'project' and n.name = ${project}`;
  });
  return { batch, project };
}

test("a teacher reads a batch's numbers, opens the list behind one, and Back undoes each choice", async ({
  context,
  page,
}) => {
  test.setTimeout(60_000);
  const { batch, project } = await knownBatch();
  const other = await newBatch();
  await signInAs(context, (await newPerson("instructor")).email);
  await goTo(page, "/admin");
  await page.getByRole("link", { name: "Analytics", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Analytics" })).toBeVisible();
  await alive(page);
  await page.getByLabel("Batch").selectOption(batch.name);
  await expect(page).toHaveURL(`/admin/analytics?batch=${batch.id}`);
  // 210 minutes and none: the middle is halfway.
  await expect(tile(page, "Coding time per student")).toContainText("1 h 45 min");
  await page.getByRole("link", { name: "7 days", exact: true }).click();
  await expect(tile(page, "Coding time per student")).toContainText("1 h 30 min");
  await expect(tile(page, "Coding time per student")).toContainText("2 of 3 with data");
  await expect(tile(page, "Active students")).toContainText("3");
  await expect(tile(page, "Coded")).toContainText("50 %");
  // Of the days before only Bo's are known, and they are zero.
  await expect(tile(page, "Coded")).toContainText("+50 points");
  await expect(tile(page, "Coded")).toContainText("1 of 2 with data");
  await expectAccessible(page);

  await tile(page, "Coded")
    .getByRole("link", { name: /see the list/ })
    .click();
  await expect(page.getByRole("row")).toHaveText([/Student/, /=Ada.*3 h/]);
  const file = await page.request.get(
    (await page.getByRole("link", { name: "Coded as CSV" }).getAttribute("href")) ?? "",
  );
  expect(await file.text()).toBe(`\uFEFFStudent,Batch,Coding time (hours)\r\n'=Ada,${batch.name},3\r\n`);
  await page.goBack();
  await expect(tile(page, "Coded")).toContainText("50 %");
  // What a number of the period before is made of.
  await tile(page, "Active students").getByRole("link", { name: "3", exact: true }).click();
  await expect(page.getByRole("navigation", { name: "Pages" })).toContainText("1–3 of 3");
  await page.goBack();
  await expect(tile(page, "Coded")).toContainText("50 %");
  await page.goBack();
  await expect(tile(page, "Coding time per student")).toContainText("1 h 45 min");

  await page.getByRole("link", { name: "Coding", exact: true }).click();
  await expect(page.locator(".recharts-bar-rectangle").first()).toBeVisible();
  await expect(tile(page, "Coding time")).toContainText("3 h 30 min");
  await page.getByRole("link", { name: "Projects", exact: true }).last().click();
  await page.getByRole("row", { name: project }).getByRole("link", { name: "3 h 30 min" }).click();
  await expect(page.getByRole("heading", { name: `Students who worked on ${project}` })).toBeVisible();
  await expect(page.getByRole("row")).toHaveText([/Student/, /=Ada.*3 h 30 min/]);
  const behind = await page.request.get(
    (await page.getByRole("link", { name: `${project} as CSV` }).getAttribute("href")) ?? "",
  );
  expect(await behind.text()).toBe("\uFEFFStudent,Batch,Coding time (hours)\r\n");
  await page.getByRole("link", { name: "Back to coding" }).click();
  await expect(page.getByRole("row", { name: project })).toContainText("3 h 30 min");
  const projects = await page.request.get(
    (await page.getByRole("link", { name: "By project as CSV" }).getAttribute("href")) ?? "",
  );
  expect(await projects.text()).toBe("\uFEFFProject,Coding time (hours),Percent\r\nHidden projects,3.5,100\r\n");
  await page.getByRole("link", { name: "Print", exact: true }).click();
  await expect(page.getByRole("row", { name: "Hidden projects" })).toContainText("3 h 30 min");
  await expect(page.getByText(project)).toHaveCount(0);

  await goTo(page, `/admin/analytics?tab=compare&batch=${batch.id}`);
  await page.getByLabel("beside").selectOption(other.name);
  await expect(page).toHaveURL(`/admin/analytics?tab=compare&batch=${batch.id}&with=${other.id}`);
  await expect(page.getByRole("heading", { name: "The first 61 days" })).toBeVisible();
  await expect(page.getByRole("row", { name: /^Students \d/ })).toHaveText(/Students\s*3\s*0/);
  await expectAccessible(page, { widths: [1280] });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("who is inactive, and apart from them of whom nothing is known; every tab fits", async ({ context, page }) => {
    test.setTimeout(60_000);
    const { batch } = await knownBatch();
    await signInAs(context, (await newPerson("instructor")).email);
    await goTo(page, `/admin/analytics?tab=inactive&batch=${batch.id}`);
    const part = (title: string) =>
      page.locator("section", { has: page.getByRole("heading", { name: title, exact: true }) }).getByRole("row");
    await expect(part("Inactive coders")).toHaveText([/Student/, /^Bo.*never$/]);
    await expect(part("No data")).toHaveText([/Student/, /^Cy.*never connected/]);
    await expectAccessible(page, { widths: [390] });
    const tabs = ["trends", "participation", "coding", "coding&by=student", "coding&by=language", "heat-map"];
    for (const address of [...tabs.map((tab) => `tab=${tab}`), "list=used&by=language&name=TypeScript"]) {
      await goTo(page, `/admin/analytics?${address}&period=90&batch=${batch.id}`);
      await expectAccessible(page, { widths: [390] });
    }
  });
});
