import { randomUUID } from "node:crypto";
import type { BrowserContext, Page } from "@playwright/test";
import { addDays } from "@/lib/dates";
import { goTo, reload } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { JOURNEY_PASSWORD, newEmail, newPerson, oneRow, withDatabase } from "./fixtures/database";
import { expect, signInAs, test } from "./fixtures/test";

const ADMIN = "admin@cohort.test";
const DAY = new Date().toISOString().slice(0, 10);
const unique = (name: string) => `${name} ${randomUUID().slice(0, 8)}`;

type Batch = { id: number; name: string; key: string };

/** A batch of this journey's own that runs now. */
const newBatch = (name = "Journey"): Promise<Batch> =>
  oneRow<Batch>(
    (sql) => sql`
      insert into batch (name, start_date, end_date, time_zone, registration_key)
      values (${unique(name)}, ${addDays(DAY, -30)}, ${addDays(DAY, 60)}, 'UTC', ${`J-${randomUUID()}`})
      returning id, name, registration_key as key`,
  );

/** An active student of it, since three weeks. */
async function newStudent(batchId: number, name = "Zoe Quill") {
  const { id: userId, email } = await newPerson("student");
  const { id } = await oneRow<{ id: number }>(
    (sql) => sql`
      with named as (update "user" set name = ${name} where id = ${userId} returning id),
        made as (insert into student (user_id) select id from named returning id)
      insert into enrolment (student_id, batch_id, from_date) select id, ${batchId}, ${addDays(DAY, -21)} from made
      returning student_id as id`,
  );
  return { id, userId, email };
}

const teach = (batchId: number, userId: number) =>
  withDatabase(({ sql }) => sql`insert into batch_instructor (batch_id, user_id) values (${batchId}, ${userId})`);

const addDay = (userId: number, date: string, minutes: number) =>
  withDatabase(
    ({ sql }) => sql`
      insert into daily_summary (user_id, date, total_ms, time_zone) values (${userId}, ${date}, ${minutes * 60_000}, 'UTC')`,
  );

const stored = (id: number) =>
  oneRow<Record<string, unknown>>((sql) => sql`select *, start_date::text as first from batch where id = ${id}`);

const events = (id: number) =>
  withDatabase(async ({ sql }) => {
    const rows = await sql<{ action: string }[]>`
      select action from audit_event where subject_type = 'batch' and subject_id = ${id} order by id`;
    return rows.map(({ action }) => action);
  });

const figure = (page: Page, name: string) => page.locator(`[data-figure=${name}]`);
const dialog = (page: Page) => page.getByRole("dialog");
const open = goTo;

async function signedIn(context: BrowserContext, role: "instructor"): Promise<{ id: number }> {
  const person = await newPerson(role);
  await signInAs(context, person.email);
  return person;
}

test("an admin creates, finds, edits, archives and brings back a batch", async ({ context, page }) => {
  await signInAs(context, ADMIN);
  const name = unique("Spring mornings");
  await open(page, "/admin/batches/new");
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
  await open(page, `/admin/batches?q=${encodeURIComponent(name)}`);
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
  await signInAs(context, ADMIN);
  const { id, name } = await newBatch();
  await open(page, `/admin/batches/${id}`);
  const other = await context.newPage();
  await open(other, `/admin/batches/${id}`);
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
  await signInAs(context, ADMIN);
  const { id, name } = await newBatch();
  // 60, 120, 240 and 600 minutes: quarter 105, median 180, three quarters 330. A fifth has no data.
  for (const [place, minutes] of [60, 120, 240, 600].entries()) {
    const { userId } = await newStudent(id, `Coder ${place}`);
    await addDay(userId, addDays(DAY, -2), minutes);
  }
  await newStudent(id, "Quiet One");
  await open(page, `/admin/batches/${id}`);
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

  await open(page, `/admin/batches?q=${encodeURIComponent(name)}`);
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("3 h");
  await expect(row).toContainText("1 without data");
});

test("a key is copied, limited, switched, made anew, and the link keeps it out of every log", async ({
  browser,
  context,
  page,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const batch = await newBatch();
  const teacher = await signedIn(context, "instructor");
  await teach(batch.id, teacher.id);
  await open(page, `/admin/batches/${batch.id}`);
  const shown = page.locator("[data-registration-key]");
  await expect(shown).toHaveText(batch.key);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole("button", { name: "Copy key" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Copied" }).first()).toBeAttached();
  expect(await copied()).toBe(batch.key);

  await page.getByRole("button", { name: "New key" }).click();
  await dialog(page).getByRole("button", { name: "Make a new key" }).click();
  await expect(shown).not.toHaveText(batch.key);
  const key = String(await shown.textContent());
  await page.getByRole("button", { name: "Limits" }).click();
  await dialog(page).getByLabel("Most sign-ups").fill("1");
  await dialog(page).getByLabel("Last day").fill(addDays(DAY, 7));
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Used 0 of 1 times")).toBeVisible();
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect.poll(copied).toMatch(new RegExp(`/signup/student#key=${key}$`));
  const link = await copied();

  // Somebody follows the link: what is sent to the server has no key in its address.
  const visitor = await browser.newContext();
  const asked: string[] = [];
  visitor.on("request", (request) => asked.push(request.url()));
  const form = await visitor.newPage();
  await goTo(form, link);
  await expect(form.getByLabel("Registration key")).toHaveValue(key);
  await expect(form).toHaveURL(/\/signup\/student$/);
  // A browser's own record of a request has the part after #; what goes over the wire ends before it.
  expect(asked.map((url) => url.split("#")[0]).filter((url) => url?.includes(key))).toEqual([]);
  await form.getByLabel("Name").fill("Ines Key");
  await form.getByLabel("E-mail").fill(newEmail());
  await form.getByLabel("Password").fill(JOURNEY_PASSWORD);
  await form.getByRole("button", { name: "Join your batch" }).click();
  await expect(form).toHaveURL("/portal");
  // Old defect 4: what a student gets has no key in it.
  for (const path of ["/portal", "/portal/profile", "/api/users/me"]) {
    expect(await (await visitor.request.get(path)).text()).not.toContain(key);
  }
  for (const path of ["/api/batches/options", "/api/lists/batches/export", "/api/lists/roster/export"]) {
    expect((await visitor.request.get(path)).status(), path).toBe(403);
  }
  await visitor.close();

  await reload(page);
  await expect(page.getByText("Used 1 of 1 times")).toBeVisible();
  await expect(page.getByText("used up")).toBeVisible();
  await page.getByText("Used by 1 person").click();
  await expect(page.getByRole("link", { name: "Ines Key" }).last()).toBeVisible();
  await page.getByRole("button", { name: "Switch off" }).click();
  await expect(page.getByRole("button", { name: "Switch on" })).toBeVisible();
  expect(await stored(batch.id)).toMatchObject({ key_active: false, registration_key: key });
  expect(await events(batch.id)).toEqual(["batch.rotate-key", "batch.limit-key", "batch.switch-key"]);
});

test("old defect 4: an instructor of another batch sees neither its key nor its addresses, and changes nothing", async ({
  context,
  page,
}) => {
  const batch = await newBatch();
  const student = await newStudent(batch.id, "Hidden Address");
  const teacher = await signedIn(context, "instructor");
  const forms = ["Edit", "Archive", "Delete", "Add", "Switch off", "Limits", "New key"];

  const answer = await goTo(page, `/admin/batches/${batch.id}?columns=name,email,phone`);
  const html = (await answer?.text()) ?? "";
  for (const secret of [batch.key, student.email]) expect(html).not.toContain(secret);
  await expect(page.getByText("Admins and the batch’s own instructors see the key.")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Hidden Address" })).toContainText("hidden");
  for (const name of forms) await expect(page.getByRole("button", { name, exact: true })).toHaveCount(0);
  const files = ["/api/lists/batches/export", `/api/lists/roster/export?batch=${batch.id}&columns=name,email,phone`];
  for (const path of files) {
    const text = await (await page.request.get(path)).text();
    for (const secret of [batch.key, student.email]) expect(text).not.toContain(secret);
  }

  // With the next request after an admin has put them in charge, they see both; and not what is the admins'.
  await teach(batch.id, teacher.id);
  await reload(page);
  await expect(page.locator("[data-registration-key]")).toHaveText(batch.key);
  await expect(page.getByRole("row").filter({ hasText: "Hidden Address" })).toContainText(student.email);
  for (const name of forms.slice(0, 4)) await expect(page.getByRole("button", { name, exact: true })).toHaveCount(0);
  await open(page, "/admin/batches/new");
  await expect(page.getByText("Only admins create batches")).toBeVisible();
  await expect(page.getByRole("button", { name: "Create batch" })).toHaveCount(0);

  await open(page, "/admin/batches?mine=me");
  const rows = page.getByRole("table", { name: "batches" }).getByRole("row");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText(batch.name);
});

test("an admin decides who teaches a batch", async ({ context, page }) => {
  const batch = await newBatch();
  const { id } = await newPerson("instructor");
  const name = unique("Ida Teacher");
  await withDatabase(({ sql }) => sql`update "user" set name = ${name} where id = ${id}`);
  await signInAs(context, ADMIN);
  await open(page, `/admin/batches/${batch.id}`);
  await expect(page.getByText("Nobody teaches this batch yet.")).toBeVisible();
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await dialog(page).getByRole("button", { name: "Add to the batch" }).click();
  await expect(dialog(page).getByLabel("Instructor")).toHaveAccessibleDescription(/Please choose an instructor/);
  await dialog(page).getByLabel("Instructor").selectOption({ label: name });
  await dialog(page).getByRole("button", { name: "Add to the batch" }).click();
  await expect(page.getByRole("button", { name: `Remove ${name}` })).toBeVisible();
  await page.getByRole("button", { name: `Remove ${name}` }).click();
  await dialog(page).getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("Nobody teaches this batch yet.")).toBeVisible();
  expect(await events(batch.id)).toEqual(["batch.add-instructor", "batch.remove-instructor"]);
});

test("old defect 14: deleting a batch with students offers to move them, to archive it, or nothing", async ({
  context,
  page,
}) => {
  await signInAs(context, ADMIN);
  const [from, to] = [await newBatch("Closing"), await newBatch("Going on")];
  const student = await newStudent(from.id, "Mover");
  await withDatabase(
    ({ sql }) => sql`insert into project (batch_id, name, start_date) values (${from.id}, 'Weather map', ${DAY})`,
  );
  await open(page, `/admin/batches/${from.id}`);
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
  await open(page, `/admin/batches/${to.id}`);
  await ask();
  await dialog(page).getByRole("button", { name: "Archive the batch" }).click();
  await expect(page.getByRole("button", { name: "Take out of the archive" })).toBeVisible();

  // One that nobody was ever in goes after a dialog that names it.
  const empty = await newBatch("Empty");
  await open(page, `/admin/batches/${empty.id}`);
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
  await signInAs(context, ADMIN);
  for (const path of ["/admin/batches", "/admin/batches/new", `/admin/batches/${id}`]) {
    await open(page, path);
    await expectAccessible(page);
  }
  for (const name of ["Edit", "Delete", "Limits"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
  }
  await signInAs(context, "instructor@cohort.test");
  await open(page, `/admin/batches/${id}`);
  await expectAccessible(page);
});
