import type { Page } from "@playwright/test";
import { addDays } from "@/lib/dates";
import { goTo } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { DAY, dialog, events, stored, unique } from "./fixtures/batches";
import { oneRow, withDatabase } from "./fixtures/database";
import { newBatch, newStudent } from "./fixtures/students";
import { expect, signInAs, test } from "./fixtures/test";

const addDay = (userId: number, date: string, minutes: number) =>
  withDatabase(
    ({ sql }) => sql`
      insert into daily_summary (user_id, date, total_ms, time_zone) values (${userId}, ${date}, ${minutes * 60_000}, 'UTC')`,
  );

const figure = (page: Page, name: string) => page.locator(`[data-figure=${name}]`);

test("an admin creates, finds, edits, archives and brings back a batch", async ({ context, page }) => {
  await signInAs(context, "admin@cohort.test");
  const name = unique("Spring mornings");
  await goTo(page, "/admin/batches/new");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("First day").fill("2027-03-01");
  await page.getByLabel("Last day").fill("2027-02-01");
  await page.getByLabel("Time zone").fill("Europe/Lisbon");
  await page.getByLabel("Capacity").fill("24");
  await page.getByLabel("Slack channel").fill("spring-mornings");
  await page.getByRole("button", { name: "Create batch" }).click();
  await expect(page.getByLabel("Last day")).toHaveAccessibleDescription("The last day is before the first one.");
  await page.getByLabel("Last day").fill("2027-06-30");
  await page.getByRole("button", { name: "Create batch" }).click();
  await expect(page).toHaveURL(/\/admin\/batches\/\d+$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  const id = Number(page.url().split("/").at(-1));
  expect(await stored(id)).toMatchObject({ first: "2027-03-01", capacity: 24, slack_channel: "#spring-mornings" });
  // The key stands on the page, and not in any address.
  await expect(page.locator("[data-registration-key]")).toHaveText(String((await stored(id)).registration_key));

  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await dialog(page).getByLabel("Capacity").fill("");
  await dialog(page).getByLabel("Description").fill("Before work.");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByRole("definition").filter({ hasText: "Before work." })).toBeVisible();
  expect(await stored(id)).toMatchObject({ capacity: null, version: 2 });

  await page.getByRole("button", { name: "Archive", exact: true }).click();
  await dialog(page).getByRole("button", { name: "Archive the batch" }).click();
  await expect(page.getByRole("button", { name: "Take out of the archive" })).toBeVisible();
  const row = page.getByRole("row").filter({ hasText: name });
  await goTo(page, `/admin/batches?q=${encodeURIComponent(name)}`);
  await expect(page.getByRole("list", { name: "Active filters" })).toContainText("State: not archived");
  await expect(row).toHaveCount(0);
  await page.getByRole("button", { name: /State: not archived/ }).click();
  await expect(row).toContainText("archived");
  await expect(row).toContainText("batch is over");
  await row.getByRole("link", { name }).click();
  await page.getByRole("button", { name: "Take out of the archive" }).click();
  await dialog(page).getByRole("button", { name: "Take it out" }).click();
  await expect(page.getByRole("button", { name: "Archive", exact: true })).toBeVisible();
  expect(await events(id)).toEqual(["batch.create", "batch.edit", "batch.archive", "batch.unarchive"]);
});

test("the second of two editors is told what the first saved, and keeps what was typed", async ({ context, page }) => {
  await signInAs(context, "admin@cohort.test");
  const { id, name } = await newBatch();
  await goTo(page, `/admin/batches/${id}`);
  const other = await context.newPage();
  await goTo(other, `/admin/batches/${id}`);
  for (const [each, typed] of [
    [other, "From the first"],
    [page, "From the second"],
  ] as const) {
    await each.getByRole("button", { name: "Edit", exact: true }).click();
    await dialog(each).getByLabel("Description").fill(typed);
    await dialog(each).getByRole("button", { name: "Save", exact: true }).click();
    if (each === other) await expect(dialog(other)).toBeHidden();
  }
  await expect(dialog(page).getByRole("alert")).toContainText("saved changes while you were editing");
  await expect(dialog(page).getByRole("alert")).toContainText("saved: From the first, yours: From the second");
  await dialog(page).getByRole("button", { name: "Save mine over it" }).click();
  await expect(dialog(page)).toBeHidden();
  expect(await stored(id)).toMatchObject({ name, description: "From the second", version: 3 });
});

test("the page shows the median and the quartiles of those who have data, and the roster is a list", async ({
  context,
  page,
}) => {
  await signInAs(context, "admin@cohort.test");
  const { id, name } = await newBatch();
  // 60, 120, 240 and 600 minutes: quarter 105, median 180, three quarters 330. A fifth has no data.
  for (const [place, minutes] of [60, 120, 240, 600].entries()) {
    const { userId } = await newStudent(id, `Coder ${place}`);
    await addDay(userId, addDays(DAY, -2), minutes);
  }
  await newStudent(id, "Quiet One");
  await goTo(page, `/admin/batches/${id}`);
  await expect(figure(page, "students")).toHaveText("5");
  await expect(figure(page, "median")).toHaveText("3 h");
  await expect(figure(page, "quartiles")).toHaveText("1 h 45 min – 5 h 30 min");
  await expect(figure(page, "range")).toHaveText("1 h – 10 h");
  await expect(figure(page, "missing")).toHaveText("1");
  await page.getByText("The numbers", { exact: true }).click();
  const weeks = page.getByRole("table", { name: /last eight weeks/ });
  await expect(weeks.getByRole("row")).toHaveCount(9);
  await expect(weeks.getByRole("row").nth(1)).toContainText("3 h");
  await expect(weeks.getByRole("row").nth(2)).toContainText("no data");

  const roster = page.getByRole("table", { name: "students", exact: true });
  await expect(roster.getByRole("row")).toHaveCount(6);
  await page.getByRole("searchbox", { name: "Search name or e-mail" }).fill("quiet");
  await expect(page).toHaveURL(`/admin/batches/${id}?q=quiet`);
  await expect(roster.getByRole("row")).toHaveCount(2);
  await page.getByRole("button", { name: "WakaTime", exact: true }).click();
  await page.getByRole("button", { name: /^not connected\s*1$/ }).click();
  await expect(page).toHaveURL(`/admin/batches/${id}?q=quiet&wakatime=none`);

  // The file has the batch's students, those of the filters, and nobody else's.
  const href = await page.getByRole("link", { name: "Export" }).getAttribute("href");
  const file = await (await page.request.get(String(href))).text();
  expect(file.trim().split("\r\n")).toHaveLength(2);
  expect(file).toContain("Quiet One");
  const whole = await (await page.request.get(`/api/lists/roster/export?batch=${id}`)).text();
  expect(whole.trim().split("\r\n")).toHaveLength(6);

  await goTo(page, `/admin/batches?q=${encodeURIComponent(name)}`);
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("3 h");
  await expect(row).toContainText("1 without data");
});

test("old defect 14: deleting a batch with students offers to move them, to archive it, or nothing", async ({
  context,
  page,
}) => {
  await signInAs(context, "admin@cohort.test");
  const [from, to] = [await newBatch(), await newBatch()];
  const student = await newStudent(from.id, "Mover");
  await withDatabase(
    ({ sql }) => sql`insert into project (batch_id, name, start_date) values (${from.id}, 'Weather map', ${DAY})`,
  );
  await goTo(page, `/admin/batches/${from.id}`);
  const ask = () => page.getByRole("button", { name: "Delete", exact: true }).click();
  await ask();
  await expect(dialog(page).getByRole("heading")).toHaveText(`Delete ${from.name}?`);
  await expect(dialog(page).getByRole("radio", { name: /Archive it instead/ })).toBeChecked();
  await dialog(page).getByRole("radio", { name: "Move its 1 student and delete it" }).check();
  await expect(dialog(page)).toContainText("1 enrolment:");
  await expect(dialog(page)).toContainText("1 project");
  await dialog(page).getByRole("button", { name: "Leave everything as it is" }).click();
  expect(await stored(from.id)).toMatchObject({ archived_at: null });

  await ask();
  await dialog(page)
    .getByRole("radio", { name: /Move its 1 student/ })
    .check();
  await dialog(page).getByRole("button", { name: "Move and delete" }).click();
  await expect(dialog(page).getByLabel("They go to")).toHaveAccessibleDescription(/choose the batch/);
  await dialog(page).getByLabel("They go to").selectOption({ label: to.name });
  await dialog(page).getByRole("button", { name: "Move and delete" }).click();
  await expect(page).toHaveURL("/admin/batches");
  expect((await page.request.get(`/admin/batches/${from.id}`)).status()).toBe(404);
  const now = await oneRow(
    (sql) => sql`select batch_id as batch, status, to_date as until from enrolment where student_id = ${student.id}`,
  );
  expect(now).toEqual({ batch: to.id, status: "active", until: null });

  // Archived instead: everything stays.
  await goTo(page, `/admin/batches/${to.id}`);
  await ask();
  await dialog(page).getByRole("button", { name: "Archive the batch" }).click();
  await expect(page.getByRole("button", { name: "Take out of the archive" })).toBeVisible();

  // One that nobody was ever in goes after a dialog that names it.
  const empty = await newBatch();
  await goTo(page, `/admin/batches/${empty.id}`);
  await ask();
  await expect(dialog(page).getByRole("heading")).toHaveText(`Delete ${empty.name}?`);
  await expect(dialog(page)).toContainText("Nobody was ever in it");
  await dialog(page).getByRole("button", { name: "Delete the batch" }).click();
  await expect(page).toHaveURL("/admin/batches");
});

test(`axe finds nothing on the pages of batches, and a phone needs no sideways scrolling`, async ({
  context,
  page,
}) => {
  test.setTimeout(90_000);
  const { id } = await oneRow<{ id: number }>(
    (sql) => sql`
        select bi.batch_id as id from batch_instructor bi
        join "user" u on u.id = bi.user_id and u.email = 'instructor@cohort.test' order by 1 limit 1`,
  );
  await signInAs(context, "admin@cohort.test");
  for (const path of ["/admin/batches", "/admin/batches/new", `/admin/batches/${id}`]) {
    await goTo(page, path);
    await expectAccessible(page);
  }
  for (const name of ["Edit", "Delete", "Limits"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
  }
  await signInAs(context, "instructor@cohort.test");
  await goTo(page, `/admin/batches/${id}`);
  await expectAccessible(page);
});
