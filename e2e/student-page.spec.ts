import { randomUUID } from "node:crypto";
import { formatDateWithWeekday } from "@/lib/format";
import { goTo } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { withDatabase } from "./fixtures/database";
import { newCodingStudent, path, timeline } from "./fixtures/student-page";
import { expect, sessionCookieOf, signInAs, test } from "./fixtures/test";

test("the heat map is walked by the arrow keys, one stop in the tab order, and every day says its time", async ({
  context,
  page,
}) => {
  const student = await newCodingStudent();
  await signInAs(context, "admin@cohort.test");
  await goTo(page, path(student));
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
  const student = await newCodingStudent();
  await withDatabase(
    ({ sql }) => sql`
      insert into demo (student_id, title, demo_date)
      select ${student.id}, 'Demo number ' || n, current_date - n from generate_series(1, 25) n`,
  );
  await signInAs(context, "admin@cohort.test");
  await goTo(page, path(student));
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
  const student = await newCodingStudent(true, `${"Maximiliana ".repeat(7)}von und zu`);
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
    await goTo(page, `${path(student)}/report?weeks=${weeks}`);
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
  const student = await newCodingStudent();
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
  const student = await newCodingStudent();
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
  const student = await newCodingStudent();
  await withDatabase(
    ({ sql }) => sql`
        insert into note (student_id, author_id, body, follow_up_on)
        select ${student.id}, id, 'A note to look at', current_date from "user" where email = 'admin@cohort.test'`,
  );
  await signInAs(context, "admin@cohort.test");
  for (const url of [path(student), `${path(student)}/report`]) {
    await goTo(page, url);
    for (const details of await page.locator("main summary").all()) await details.click();
    await expectAccessible(page);
  }
});
