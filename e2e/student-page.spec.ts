import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { formatDateWithWeekday } from "@/lib/format";
import { goTo, reload } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { newEmail, newPerson, oneRow, withDatabase } from "./fixtures/database";
import { expect, sessionCookieOf, signInAs, test } from "./fixtures/test";

type Student = { id: number; userId: number; name: string; email: string; batch: string; other: string };

/**
 * A student of this journey's own in the zone UTC: in a batch that instructor@cohort.test teaches (there is a second one
 * to move to), or, `taught` false, in one that they do not. Three days of coding, the latest of them today.
 */
async function newStudent(taught = true, name = `Ada ${randomUUID().slice(0, 8)}`): Promise<Student> {
  const [batch, other] = [`Batch ${randomUUID().slice(0, 8)}`, `Batch ${randomUUID().slice(0, 8)}`];
  return oneRow<Student>(
    (sql) => sql`
      with b as (
        insert into batch (name, start_date, end_date, time_zone, registration_key)
        select each, current_date - 60, current_date + 60, 'UTC', gen_random_uuid()
        from unnest(${[batch, other]}::text[]) each
        returning id, name
      ), teaching as (
        insert into batch_instructor (batch_id, user_id)
        select b.id, i.id from b, "user" i where i.email = 'instructor@cohort.test' and ${taught}
      ), u as (
        insert into "user" (name, email, role, phone) values (${name}, ${newEmail()}, 'student', '+1 555 0100')
        returning id, name, email
      ), st as (
        insert into student (user_id) select id from u returning id
      ), en as (
        insert into enrolment (student_id, batch_id, from_date)
        select st.id, b.id, current_date - 40 from st, b where b.name = ${batch}
      ), link as (
        insert into connection (user_id, wakatime_uid, access_token_encrypted, refresh_token_encrypted, key_id, expires_at,
          status, broken_at, last_synced_at)
        select id, gen_random_uuid(), 'x', 'x', 'journey', now(), 'needs_reconnect', now(), now() from u
      ), coding as (
        insert into daily_summary (user_id, date, total_ms, time_zone)
        select u.id, current_date - d.ago, d.minutes * 60000, 'UTC'
        from u, (values (0, 75), (1, 0), (8, 200)) d(ago, minutes)
      )
      select st.id, u.id as "userId", u.name, u.email, ${batch} as batch, ${other} as other from st, u`,
  );
}

const path = (student: Student) => `/admin/students/${student.id}`;
const open = goTo;
const dialog = (page: Page) => page.getByRole("dialog");
const timeline = (page: Page) => page.locator("#timeline");
const figure = (page: Page, label: string | RegExp) =>
  page.locator("dl > div", { has: page.locator("dt", { hasText: label }) }).locator("dd");

test("an admin sees the numbers with their period, edits, and is told of what somebody else saved", async ({
  context,
  page,
}) => {
  const student = await newStudent();
  await signInAs(context, "admin@cohort.test");
  await open(page, path(student));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(student.name);
  await expect(figure(page, "last 7 days")).toHaveText("1 h 15 min");
  await expect(figure(page, /^daily average/)).toHaveText("37 min");
  await expect(page.getByText(student.email)).toBeVisible();
  await expect(page.getByText("UTC, the batch’s zone")).toBeVisible();

  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await dialog(page).getByLabel("Phone").fill("+1 555 0199");
  await withDatabase(
    ({ sql }) => sql`
      update "user" set phone = '+1 555 0177', version = version + 1 where id = ${student.userId}`,
  );
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(dialog(page).getByText("Somebody else saved changes while you were editing.")).toBeVisible();
  await expect(dialog(page).getByRole("alert")).toContainText("saved: +1 555 0177, yours: +1 555 0199");
  await dialog(page).getByRole("button", { name: "Save mine over it" }).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole("link", { name: "+1 555 0199" })).toBeVisible();

  // The form that comes next begins with what is saved now.
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await dialog(page).getByLabel("Time zone").selectOption("Europe/Lisbon");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Europe/Lisbon, the student’s own zone")).toBeVisible();
  await expect(dialog(page)).toHaveCount(0);
});

test("a student is moved and paused from their page, and the timeline and the history tell it", async ({
  context,
  page,
}) => {
  const student = await newStudent();
  await signInAs(context, "admin@cohort.test");
  await open(page, path(student));
  await page.getByRole("button", { name: "Move" }).click();
  await dialog(page).getByRole("button", { name: "Move" }).click();
  await expect(dialog(page).getByLabel("Batch")).toHaveAccessibleDescription("Please choose a batch.");
  await dialog(page).getByLabel("Batch").selectOption({ label: student.other });
  await dialog(page).getByRole("button", { name: "Move" }).click();
  await expect(dialog(page)).toHaveCount(0);
  const history = page.locator("section", { has: page.getByRole("heading", { name: "Enrolments" }) });
  await expect(history).toContainText(`moved from ${student.batch}`);
  await expect(timeline(page)).toContainText(`Moved to ${student.other}`);

  await page.getByRole("button", { name: "Change status" }).click();
  const offered = await dialog(page).getByLabel("New status").locator("option").allInnerTexts();
  expect(offered).toEqual(["Choose a status", "paused", "dropped", "graduated"]);
  await dialog(page).getByLabel("New status").selectOption("paused");
  await dialog(page).getByLabel("Reason").fill("Ill for a while");
  await dialog(page).getByRole("button", { name: "Change status" }).click();
  await expect(page.locator("main header").getByText("paused", { exact: true })).toBeVisible();

  await timeline(page).getByRole("link", { name: "Log" }).click();
  await expect(page).toHaveURL(/kind=changes/);
  await expect(timeline(page).getByRole("listitem")).toHaveCount(2);
  await expect(timeline(page).getByRole("listitem").first()).toContainText("changed an enrolment’s status");
});

test("notes: a private one is its author's alone, a shared one is read by all staff", async ({
  browser,
  context,
  page,
}) => {
  const student = await newStudent();
  const words = `Looks tired ${randomUUID()}`;
  await signInAs(context, "instructor@cohort.test");
  await open(page, path(student));
  await page.getByRole("button", { name: "Write a note" }).click();
  await dialog(page).getByRole("button", { name: "Save the note" }).click();
  await expect(dialog(page).getByLabel("Note", { exact: true })).toHaveAccessibleDescription("Please write something.");
  await dialog(page).getByLabel("Note", { exact: true }).fill(words);
  const { tomorrow } = await oneRow<{ tomorrow: string }>((sql) => sql`select (current_date + 1)::text as tomorrow`);
  await dialog(page).getByLabel("Follow up on").fill(tomorrow);
  await dialog(page).getByRole("button", { name: "Save the note" }).click();
  const note = page.getByRole("article").filter({ hasText: words });
  await expect(note).toContainText("by you, read by you alone");
  await expect(note).toContainText("follow up tomorrow");
  await note.getByRole("button", { name: "Done" }).click();
  await expect(note).toContainText("followed up");

  const others = await browser.newContext();
  await signInAs(others, "admin@cohort.test");
  const admin = await others.newPage();
  await open(admin, `${path(student)}?kind=notes`);
  await expect(timeline(admin)).toContainText("Nothing of this kind");
  await open(admin, path(student));
  await expect(admin.getByText(words)).toHaveCount(0);

  await note.getByRole("button", { name: "Edit" }).click();
  await dialog(page).getByLabel("Who reads it").selectOption("shared");
  await dialog(page).getByRole("button", { name: "Save the note" }).click();
  await expect(note).toContainText("read by all staff, edited");
  await reload(admin);
  await expect(admin.getByRole("article").filter({ hasText: words })).toContainText("read by all staff");

  // An instructor of other batches reads it and changes nothing.
  const stranger = await newPerson("instructor");
  const third = await browser.newContext();
  await signInAs(third, stranger.email);
  const reader = await third.newPage();
  await open(reader, path(student));
  await expect(reader.getByText(words)).toBeVisible();
  await expect(reader.getByRole("article").getByRole("button")).toHaveCount(0);

  await note.getByRole("button", { name: "Delete" }).click();
  await expect(dialog(page)).toContainText("It cannot be had back.");
  await dialog(page).getByRole("button", { name: "Delete the note" }).click();
  await expect(page.getByText(words)).toHaveCount(0);
  const { n } = await oneRow<{ n: number }>(
    (sql) => sql`select count(*)::int as n from note where student_id = ${student.id}`,
  );
  expect(n).toBe(0);
  await others.close();
  await third.close();
});

test("an instructor works with their own students, and of others sees no address, no log and no buttons", async ({
  context,
  page,
}) => {
  const [own, foreign] = [await newStudent(), await newStudent(false)];
  await signInAs(context, "instructor@cohort.test");
  await open(page, path(own));
  await expect(page.getByText(own.email)).toBeVisible();
  await expect(page.getByRole("link", { name: "Sync now" })).toHaveAttribute(
    "href",
    `/admin/sync/students/${own.userId}`,
  );
  await expect(page.getByRole("button", { name: "View as this student" })).toHaveCount(0);
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await expect(dialog(page).getByLabel("E-mail")).toHaveCount(0);
  await dialog(page).getByLabel("Name").fill(`${own.name} L.`);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${own.name} L.`);

  await open(page, path(foreign));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(foreign.name);
  await expect(figure(page, "last 7 days")).toHaveText("1 h 15 min");
  await expect(page.getByText("Hidden: not a student of your batches.")).toBeVisible();
  const html = await page.content();
  expect(html).not.toContain(foreign.email);
  expect(html).not.toContain("555 0100");
  const header = page.locator("main header").first();
  await expect(header.getByRole("button")).toHaveCount(0);
  await expect(header.getByRole("link", { name: "Sync now" })).toHaveCount(0);
  await expect(timeline(page).getByRole("link", { name: "Log" })).toHaveCount(0);
  await open(page, `${path(foreign)}?kind=changes`);
  await expect(timeline(page)).toContainText("Nothing of this kind");
});

test("the heat map is walked by the arrow keys, one stop in the tab order, and every day says its time", async ({
  context,
  page,
}) => {
  const student = await newStudent();
  await signInAs(context, "admin@cohort.test");
  await open(page, path(student));
  const map = page.getByRole("slider", { name: /^Coding time by day in the last 53 weeks/ });
  const reads = (ago: number, time: string) =>
    expect(map).toHaveAttribute("aria-valuetext", `${formatDateWithWeekday(dayAgo(ago))}: ${time}`);
  await map.focus();
  await reads(0, "1 h 15 min");
  await page.keyboard.press("ArrowUp");
  await reads(1, "0 min");
  await page.keyboard.press("ArrowLeft");
  await reads(8, "3 h 20 min");
  await page.keyboard.press("ArrowDown");
  await reads(7, "no data");
  await page.keyboard.press("ArrowRight");
  await reads(0, "1 h 15 min");
  await page.keyboard.press("ArrowDown");
  await reads(0, "1 h 15 min");
  // The day before the first enrolment is blank: there is nothing to reach.
  await page.keyboard.press("Home");
  await reads(40, "no data");
  await page.keyboard.press("ArrowUp");
  await reads(40, "no data");
  const figure = page.locator("figure", { has: map });
  await expect(figure.locator("figcaption")).toContainText(`${formatDateWithWeekday(dayAgo(40))}: no data`);
  // Every day from then to today is drawn once.
  const drawn = await figure.locator("svg path").evaluateAll((paths) => paths.map((path) => path.getAttribute("d")));
  expect(drawn.join("").match(/M/g)).toHaveLength(41);
  await page.keyboard.press("Tab");
  await expect(map).not.toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(map).toBeFocused();
});

const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

test("period, kind and place stand in the address, and Back undoes them one by one", async ({ context, page }) => {
  const student = await newStudent();
  await withDatabase(
    ({ sql }) => sql`
      insert into demo (student_id, title, demo_date)
      select ${student.id}, 'Demo number ' || n, current_date - n from generate_series(1, 25) n`,
  );
  await signInAs(context, "admin@cohort.test");
  await open(page, path(student));
  const chart = page.getByRole("img", { name: /^Coding time by day/ });
  // Three days have a row; the other twenty-five are dots.
  await expect(chart.locator(".recharts-bar-rectangle path")).toHaveCount(3);
  await expect(chart.locator(".recharts-line-dot")).toHaveCount(25);
  await page.getByRole("link", { name: "7 days", exact: true }).click();
  await expect(page).toHaveURL(`${path(student)}?days=7`);
  const table = page.locator("figure", { has: chart });
  await table.getByText("Show as a table").click();
  await expect(table.getByRole("row")).toHaveCount(8);
  await expect(table.getByRole("row").last()).toContainText("1 h 15 min");
  await expect(table.getByRole("row").nth(1)).toContainText("no data");

  await timeline(page).getByRole("link", { name: "Demos" }).click();
  await expect(page).toHaveURL(`${path(student)}?days=7&kind=demos#timeline`);
  await expect(timeline(page).getByRole("listitem")).toHaveCount(20);
  await page.getByRole("link", { name: "Load older" }).click();
  await expect(page).toHaveURL(/before=/);
  await expect(timeline(page).getByRole("listitem")).toHaveCount(5);
  await expect(timeline(page).getByRole("listitem").last()).toContainText("Demo number 25");
  await expect(page.getByRole("link", { name: "Load older" })).toHaveCount(0);
  await page.goBack();
  await expect(timeline(page).getByRole("listitem")).toHaveCount(20);
  await page.goBack();
  await expect(page).toHaveURL(`${path(student)}?days=7`);
  const weeks = page.getByRole("table", { name: /^Coding time by week/ });
  await page.getByText("Show the weeks as a table").click();
  await expect(weeks.getByRole("row").last()).toContainText("3 h 20 min");
  expect((await context.request.get(`${path(student)}?days=8&kind=x&before=%00`)).status()).toBe(200);
});

test("the report fits on one page of A4, is light, and shows nothing that is private", async ({ context, page }) => {
  const student = await newStudent(true, `${"Maximiliana ".repeat(7)}von und zu`);
  const long = "A name that is longer than any line of the page can be, and goes on, and on, and on";
  const secret = `note ${randomUUID()}`;
  await withDatabase(async ({ sql }) => {
    await sql`insert into demo (student_id, title, demo_date)
      select ${student.id}, ${long} || n, current_date - n from generate_series(1, 12) n`;
    await sql`insert into certificate (student_id, name, issuer, date_issued)
      select ${student.id}, ${long} || n, ${long}, current_date - n from generate_series(1, 12) n`;
    await sql`insert into note (student_id, author_id, body, is_shared)
      select ${student.id}, id, ${secret}, true from "user" where email = 'admin@cohort.test'`;
    await sql`insert into daily_summary (user_id, date, total_ms, time_zone)
      select ${student.userId}, current_date - n, 3600000, 'UTC' from generate_series(2, 200) n where n <> 8`;
    const names = await sql<{ id: number }[]>`
      insert into coding_name (kind, name)
      select kind::coding_name_kind, ${`${long} ${student.id} `} || n from unnest(array['language', 'project']) kind, generate_series(1, 9) n
      returning id`;
    await sql`insert into daily_summary_item (summary_id, name_id, ms)
      select d.id, n.id, 60000 from daily_summary d, unnest(${names.map(({ id }) => id)}::int[]) n(id)
      where d.user_id = ${student.userId}`;
  });
  await page.emulateMedia({ colorScheme: "dark" });
  await signInAs(context, "admin@cohort.test");
  for (const weeks of [12, 16]) {
    await open(page, `${path(student)}/report?weeks=${weeks}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(student.name);
    await expect(page.getByRole("navigation", { name: "Sections" })).toHaveCount(0);
    const paper = await page.locator("main").evaluate((main) => getComputedStyle(main).backgroundColor);
    expect(paper).toMatch(/oklch\(1 |rgb\(255, 255, 255\)|lab\(100/);
    const text = await page.locator("main").textContent();
    expect(text).toContain(student.batch);
    expect(text).toContain("Printed on");
    expect(text).toMatch(/as of \d{4}-\d{2}-\d{2}|reconnect needed/);
    for (const hidden of [secret, student.email, "555 0100"]) expect(await page.content()).not.toContain(hidden);
    const pdf = (await page.pdf({ format: "A4", preferCSSPageSize: true, printBackground: true })).toString("latin1");
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]/);
  }
});

test("page and report need few statements, whoever looks", async ({ context, request }) => {
  const student = await newStudent();
  for (const email of ["admin@cohort.test", "instructor@cohort.test"]) {
    await signInAs(context, email);
    const headers = { Cookie: await sessionCookieOf(context) };
    for (const [url, most] of [
      [path(student), 3],
      [`${path(student)}?days=90&kind=coding`, 3],
      [`${path(student)}/report`, 2],
    ] as const) {
      const answer = await request.get(url, { headers });
      expect(answer.status()).toBe(200);
      const queries = Number(/desc="(\d+) quer/.exec(answer.headers()["server-timing"] ?? "")?.[1]);
      expect(queries, url).toBeLessThanOrEqual(most);
      expect(queries, url).toBeGreaterThan(1);
    }
  }
});

test("students and strangers are sent away, and who is no student is not found", async ({ context, page, request }) => {
  const student = await newStudent();
  for (const url of [path(student), `${path(student)}/report`]) {
    const answer = await request.get(url, { maxRedirects: 0 });
    expect(answer.status()).toBe(307);
    expect(answer.headers().location).toContain("/login?next=");
  }
  await signInAs(context, "student@cohort.test");
  for (const url of [path(student), `${path(student)}/report`]) {
    await page.goto(url);
    await expect(page).toHaveURL("/portal");
  }
  await signInAs(context, "admin@cohort.test");
  for (const id of ["0", "x", "2147483647", "99999999999", "-1"]) {
    expect((await context.request.get(`/admin/students/${id}/report`)).status(), id).toBe(404);
    expect((await context.request.get(`/admin/students/${id}`)).status(), id).toBe(404);
  }
});

test(`axe finds nothing on the page and the report, and both fit a phone`, async ({ context, page }) => {
  // Nearly four hundred cells, looked at four times.
  test.setTimeout(120_000);
  const student = await newStudent();
  await withDatabase(
    ({ sql }) => sql`
        insert into note (student_id, author_id, body, follow_up_on)
        select ${student.id}, id, 'A note to look at', current_date from "user" where email = 'admin@cohort.test'`,
  );
  await signInAs(context, "admin@cohort.test");
  for (const url of [path(student), `${path(student)}/report`]) {
    await open(page, url);
    for (const details of await page.locator("main summary").all()) await details.click();
    await expectAccessible(page);
  }
});
