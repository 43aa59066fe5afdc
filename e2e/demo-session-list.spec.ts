import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { addDays } from "@/lib/dates";
import { datesOfRule } from "@/lib/demo-sessions/weekly-rule";
import { formatDate, formatDateWithWeekday } from "@/lib/format";
import { alive, goTo } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { newClass } from "./fixtures/class";
import { newPerson, oneRow, withDatabase } from "./fixtures/database";
import { expect, signInAs, test } from "./fixtures/test";

/** In the titles of this journey's sessions, and nowhere else. */
let mark = "";
test.beforeEach(() => {
  mark = `L${randomUUID().slice(0, 7)}`;
});
test.afterEach(() =>
  withDatabase(async ({ sql }) => {
    await sql`delete from demo_session where title like ${`%${mark}%`}`;
    await sql`delete from holiday where name like ${`%${mark}%`}`;
  }),
);

/** A Friday that nobody else's journey comes to, with room for a few weeks behind it. */
const farFriday = () => datesOfRule(5, addDays("2100-01-01", Math.floor(Math.random() * 30_000)), 1)[0] ?? "";

const open = goTo;
const rows = (page: Page) => page.getByRole("table", { name: "demo sessions" }).locator("tbody").getByRole("row");
const shown = (page: Page) => page.getByRole("navigation", { name: "Pages" }).getByRole("status");

type New = { date: string; title: string; places?: number | null; zone?: string; cancelled?: boolean; link?: string };
const newSession = ({ date, title, places = null, zone = "UTC", cancelled = false, link }: New) =>
  oneRow<{ id: number }>(
    (sql) => sql`
      insert into demo_session (session_date, session_time, time_zone, title, max_scheduled, is_cancelled, meeting_url)
      values (${date}, '16:30', ${zone}, ${title}, ${places}, ${cancelled}, ${link ?? null}) returning id`,
  );

const stored = () =>
  withDatabase(
    ({ sql }) => sql<{ date: string; places: number | null; active: boolean; batch: number | null }[]>`
      select session_date::text as date, max_scheduled as places, is_active as active, batch_id as batch
      from demo_session where title like ${`%${mark}%`} order by session_date`,
  );

test("staff create a session without a limit, which can be joined; a taken day and an empty limit are refused", async ({
  context,
  page,
}) => {
  const school = await newClass([]);
  await signInAs(context, school.teacher);
  await open(page, "/admin/demo-sessions");
  await page.getByRole("link", { name: "New session" }).click();
  await alive(page);

  // What it begins with: the next free Friday at 15:00 for eight.
  const day = page.getByLabel("Day");
  const proposed = await day.inputValue();
  expect(new Date(`${proposed}T00:00:00Z`).getUTCDay()).toBe(5);
  await expect(day).toHaveAccessibleDescription(formatDateWithWeekday(proposed));
  await expect(page.getByLabel("Time", { exact: true })).toHaveValue("15:00");
  await expect(page.getByLabel("Time zone")).toHaveValue("America/Chicago");
  await expect(page.getByLabel("Number of places")).toHaveValue("8");

  const date = farFriday();
  await newSession({ date, title: `Taken ${mark}` });
  await day.fill(date);
  await page.getByLabel("Title").fill(`Open stage ${mark}`);
  await page.getByLabel("Number of places").fill("");
  await page.getByLabel("Meeting link").fill("zoom.us/j/1");
  await page.getByRole("button", { name: "Create the session" }).click();
  await expect(page.getByLabel("Number of places")).toHaveAccessibleDescription(/or choose “No limit”/);
  await expect(page.getByLabel("Meeting link")).toHaveAccessibleDescription(/not a web address/);
  await expectAccessible(page, { widths: [1280] });

  await page.getByLabel("No limit").check();
  await page.getByLabel("Meeting link").fill("https://zoom.us/j/1");
  await page.getByLabel("For whom").selectOption({ label: `Only ${school.batch}` });
  await page.getByRole("button", { name: "Create the session" }).click();
  await expect(day).toHaveAccessibleDescription(new RegExp(`There is a demo session on ${formatDate(date)} already`));
  await day.fill(addDays(date, 7));
  await page.getByRole("button", { name: "Create the session" }).click();
  await expect(page).toHaveURL(/\/admin\/demo-sessions\/\d+$/);
  expect(await stored()).toEqual([
    { date, places: null, active: true, batch: null },
    { date: addDays(date, 7), places: null, active: true, batch: school.batchId },
  ]);

  await open(page, `/admin/demo-sessions?q=${mark}&batch=${school.batchId}`);
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText(`Open stage ${mark}`);
  await expect(rows(page)).toContainText("open");
  await expect(rows(page)).toContainText("0, no limit");
  await expect(rows(page).getByRole("link", { name: "Join by Zoom" })).toHaveAttribute("href", "https://zoom.us/j/1");
});

test("several are created by a weekly rule: holidays and clashes are named, dates can be left out", async ({
  context,
  page,
}) => {
  const [first, holiday, taken, fourth, fifth] = datesOfRule(5, farFriday(), 5) as [
    string,
    string,
    string,
    string,
    string,
  ];
  await withDatabase(
    ({ sql }) =>
      sql`insert into holiday (date, name) values (${holiday}, ${`Feast ${mark}`}), (${taken}, ${`Fair ${mark}`})`,
  );
  await newSession({ date: taken, title: `There ${mark}` });
  await signInAs(context, "admin@cohort.test");
  await open(page, "/admin/demo-sessions/bulk");
  await page.getByLabel("From").fill(addDays(first, -6));
  await page.getByLabel("Weeks").fill("5");
  await page.getByLabel("Title").fill(`Weekly ${mark}`);
  const box = (date: string) => page.getByRole("list", { name: "Dates" }).getByLabel(formatDateWithWeekday(date));
  await expect(box(first)).toBeChecked();
  await expect(box(holiday)).not.toBeChecked();
  await expect(box(taken)).toBeDisabled();
  await expect(page.getByText(`holiday: Feast ${mark}`)).toBeVisible();
  await expect(page.getByText(`taken by “There ${mark}”, although it is a holiday: Fair ${mark}`)).toBeVisible();
  await box(fourth).uncheck();
  await expectAccessible(page, { widths: [1280, 390] });

  // Somebody takes the fifth one meanwhile: it is left out, and said.
  await newSession({ date: fifth, title: `Quicker ${mark}` });
  await page.getByRole("button", { name: "Create 2 sessions" }).click();
  await expect(page.getByRole("main").getByRole("status").first()).toHaveText("1 demo session created.");
  await expect(page.getByText(`a session stands there by now: ${formatDateWithWeekday(fifth)}`)).toBeVisible();
  expect((await stored()).map(({ date, places }) => [date, places])).toEqual([
    [first, 8],
    [taken, null],
    [fifth, null],
  ]);
  await page.getByRole("button", { name: "Create more" }).click();
  await expect(page.getByRole("button", { name: /^Create \d+ sessions?$/ })).toBeVisible();
});

test("the weekly rule is kept, and of two who edit it the second is told", async ({ context, page, browser }) => {
  await signInAs(context, (await newPerson("instructor")).email);
  const other = await browser.newContext();
  await signInAs(other, "admin@cohort.test");
  const theirs = await other.newPage();
  for (const each of [page, theirs]) {
    await open(each, "/admin/demo-sessions/rule");
    await each.getByLabel("Weekday").selectOption("Wednesday");
    await each.getByLabel("Weeks ahead").fill("3");
    // Switched off throughout: nothing is created in the academy that all journeys share.
    await each.getByLabel("Create sessions by this rule").uncheck();
  }
  await expect(page.getByRole("list", { name: "Dates of the rule" }).getByRole("listitem")).toHaveCount(3);
  await expect(page.getByText("Switched off: nothing is created.")).toBeVisible();
  await page.getByLabel("Title").fill(`Midweek ${mark}`);
  await page.getByLabel("Weeks ahead").fill("99");
  await page.getByRole("button", { name: "Save the rule" }).click();
  await expect(page.getByLabel("Weeks ahead")).toHaveAccessibleDescription(/A number from 1 to 26/);
  await page.getByLabel("Weeks ahead").fill("3");
  await page.getByRole("button", { name: "Save the rule" }).click();
  await expect(page.getByText("The rule is saved.")).toBeVisible();
  await expectAccessible(page, { widths: [390] });
  await open(page, "/admin/demo-sessions/rule");
  await expect(page.getByLabel("Title")).toHaveValue(`Midweek ${mark}`);
  await expect(page.getByLabel("Weekday")).toHaveValue("3");

  await theirs.getByLabel("Title").fill(`Mine ${mark}`);
  await theirs.getByRole("button", { name: "Save the rule" }).click();
  await expect(theirs.getByText("saved changes while you were editing")).toBeVisible();
  await expect(theirs.getByRole("main").getByRole("alert")).toContainText(
    `saved: Midweek ${mark}, yours: Mine ${mark}`,
  );
  await other.close();
});

test("the list tells states and places, counts in its menus, opens a panel and exports what it shows", async ({
  context,
  page,
}) => {
  const school = await newClass(["Ana", "Ben", "Cleo"]);
  const date = farFriday();
  const full = await newSession({
    date,
    title: `Full ${mark}`,
    places: 2,
    zone: "Asia/Tokyo",
    link: "https://meet.google.com/x",
  });
  await newSession({ date: addDays(date, 7), title: `Off ${mark}`, cancelled: true });
  await newSession({ date: addDays(date, -80_000), title: `Over ${mark}` });
  await withDatabase(async ({ sql }) => {
    for (const [place, studentId] of school.students.entries()) {
      await sql`
        insert into demo_signup (session_id, student_id, status)
        values (${full.id}, ${studentId}, ${place < 2 ? "scheduled" : "waitlisted"})`;
    }
  });
  const { email } = await newPerson("instructor");
  await withDatabase(({ sql }) => sql`update "user" set time_zone = 'Europe/Lisbon' where email = ${email}`);
  await signInAs(context, email);

  await open(page, `/admin/demo-sessions?q=${mark}`);
  await expect(shown(page)).toHaveText("1–2 of 2 demo sessions");
  const first = rows(page).first();
  await expect(first).toContainText(formatDateWithWeekday(date));
  await expect(first).toContainText("full");
  await expect(first).toContainText("2 of 2");
  // In the viewer's zone, and the session's own beside it: summer or winter, Lisbon is eight or nine hours behind.
  await expect(first).toContainText(/0[78]:30 \(16:30 in Asia\/Tokyo\)/);

  await page.getByRole("button", { name: "State", exact: true }).click();
  await expect(page.getByRole("button", { name: "cancelled 1", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "full 1", exact: true }).click();
  await expect(shown(page)).toHaveText("1–1 of 1 demo session");
  await page.goBack();
  await expect(shown(page)).toHaveText("1–2 of 2 demo sessions");
  await page.getByRole("button", { name: "Period", exact: true }).click();
  await page.getByRole("button", { name: "past 1", exact: true }).click();
  await expect(page).toHaveURL(`/admin/demo-sessions?q=${mark}&period=past`);
  await expect(rows(page)).toHaveText([new RegExp(`Over ${mark}`)]);
  await page.getByRole("button", { name: "Period", exact: true }).click();
  await page.getByRole("button", { name: "all 3", exact: true }).click();
  // The next ones first, then what has been.
  await expect(rows(page)).toHaveText([/Full/, /Off/, /Over/]);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export" }).click(),
  ]);
  const lines = (await readFile(await download.path(), "utf8")).split("\r\n");
  expect(lines[0]).toContain("Places taken");
  expect(lines[1]).toContain(`${date},16:30 Asia/Tokyo,Full ${mark},,full,2,1`);
  expect(lines).toHaveLength(5);

  await rows(page)
    .first()
    .getByRole("link", { name: formatDateWithWeekday(date) })
    .click();
  const panel = page.getByRole("complementary", { name: `Full ${mark}` });
  await expect(panel.getByRole("listitem")).toHaveText([`${school.mark} Ana`, `${school.mark} Ben`]);
  await expect(panel).toContainText("2 of 2 · 1 waiting");
  await expect(panel.getByRole("link", { name: "Open the session" })).toHaveAttribute(
    "href",
    `/admin/demo-sessions/${full.id}`,
  );
  await expectAccessible(page, { widths: [1280, 390] });
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
});
