import type { Page } from "@playwright/test";
import { goTo, refresh } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { oneRow, withDatabase } from "./fixtures/database";
import { newBatch, newStudent, type OwnStudent } from "./fixtures/students";
import { expect, signInAs, test } from "./fixtures/test";

const open = goTo;
const dialog = (page: Page) => page.getByRole("dialog");
const told = (page: Page) => page.locator("main p[role=status]");

const sessions: number[] = [];
test.afterEach(() => withDatabase(({ sql }) => sql`delete from demo_session where id = any(${sessions})`));

/** A session on a far day where nobody else has one, with the student's sign-up for it. */
async function newSignup(student: OwnStudent, demoId: number, status: string): Promise<{ id: number; date: string }> {
  for (;;) {
    const [row] = await withDatabase(
      ({ sql }) => sql<{ session: number; id: number; date: string }[]>`
        with s as (
          insert into demo_session (session_date, time_zone)
          values (date '2040-01-01' + floor(random() * 7000)::int, 'UTC')
          on conflict do nothing returning id, session_date
        ), g as (
          insert into demo_signup (session_id, student_id, demo_id, status)
          select s.id, ${student.id}, ${demoId}, ${status} from s returning id
        )
        select s.id as session, g.id, to_char(s.session_date, 'Dy FMDD Mon YYYY') as date from s, g`,
    );
    if (!row) continue;
    sessions.push(row.session);
    return { id: row.id, date: row.date };
  }
}

const demoOf = ({ id }: OwnStudent) =>
  oneRow<{ id: number; date: string; url: string | null; technologies: string[] }>(
    (sql) => sql`
      select id, demo_date::text as date, demo_url as url, technologies from demo where student_id = ${id} order by id`,
  );

test.describe("far in the west", () => {
  // Here a day that is taken for an instant is the day before.
  test.use({ timezoneId: "Pacific/Honolulu" });

  test("a demo is added on exactly its day (old defect 9), changed, and deleted with what it takes along", async ({
    context,
    page,
  }) => {
    const me = await newStudent((await newBatch()).id, "Ines Prado");
    await signInAs(context, me.email);
    await open(page, "/portal/demos");
    await page.getByRole("button", { name: "Add your first demo" }).click();
    const form = dialog(page);
    await form.getByLabel("Title").fill("Tide tables");
    await form.getByLabel("Date").fill("2026-03-01");
    await form.getByLabel("Demo link").fill("javascript:alert(1)");
    const words = form.getByLabel("Technologies");
    await words.fill("React");
    await words.press("Enter");
    await words.pressSequentially("nod,react,d3");
    await words.press("Enter");
    await expect(form.getByRole("listitem")).toHaveText(["React", "nod", "d3"].map((word) => `${word}Remove ${word}`));
    await form.getByRole("button", { name: "Remove nod" }).click();
    await words.fill("still typing");
    await form.getByRole("button", { name: "Add the demo" }).click();
    await expect(form.getByLabel("Demo link")).toBeFocused();
    await expect(form).toContainText("This is not a web address.");
    await form.getByLabel("Demo link").fill("https://tides.example.org");
    await form.getByRole("button", { name: "Add the demo" }).click();
    await expect(told(page)).toHaveText("Added.");
    const stored = await demoOf(me);
    expect(stored).toMatchObject({
      date: "2026-03-01",
      url: "https://tides.example.org",
      technologies: ["React", "d3", "still typing"],
    });
    const card = page.locator(`[data-demo="${stored.id}"]`);
    await expect(card.locator("time")).toHaveText("Sun 1 Mar 2026");
    await expect(card.getByRole("link", { name: "Demo of Tide tables" })).toHaveAttribute("href", stored.url ?? "");

    const signup = await newSignup(me, stored.id, "scheduled");
    await open(page, "/portal/demos");
    await card.getByRole("button", { name: "Edit Tide tables" }).click();
    await expect(form.getByLabel("Date")).toHaveValue("2026-03-01");
    await form.getByLabel("Date").fill("2026-12-31");
    await form.getByRole("button", { name: "Save" }).click();
    await expect(told(page)).toHaveText("Saved.");
    await expect(card.locator("time")).toHaveText("Thu 31 Dec 2026");
    expect(await demoOf(me)).toMatchObject({ date: "2026-12-31" });
    await expectAccessible(page, { widths: [1280, 390] });

    // A chip taken back by a key is begun work, which a newer page does not take away; told again, it is told anew.
    const firstTold = await told(page).locator("span").elementHandle();
    await card.getByRole("button", { name: "Edit Tide tables" }).click();
    await words.press("Backspace");
    await withDatabase(
      ({ sql }) => sql`update demo set title = 'Tides', version = version + 1 where id = ${stored.id}`,
    );
    await refresh(page);
    await expect(card.locator("> h2")).toHaveText("Tides");
    await expect(form.getByRole("listitem")).toHaveText(["React", "d3"].map((word) => `${word}Remove ${word}`));
    await form.getByLabel("Title").fill("Tide tables");
    await form.getByRole("button", { name: "Save" }).click();
    await form.getByRole("button", { name: "Save mine over it" }).click();
    await expect(card.locator("> h2")).toHaveText("Tide tables");
    await expect(told(page)).toHaveText("Saved.");
    expect(await firstTold?.evaluate((element) => element.isConnected)).toBe(false);

    await card.getByRole("button", { name: "Delete Tide tables" }).click();
    await expect(form).toContainText("This sign-up loses it:");
    await expect(form.getByRole("listitem")).toHaveText(`${signup.date}, you present`);
    // Meanwhile it is put on another one.
    const other = await newSignup(me, stored.id, "waitlisted");
    await form.getByRole("button", { name: "Delete the demo" }).click();
    await expect(form).toContainText("Other sign-ups have this demo by now.");
    await expect(form.getByRole("listitem")).toHaveCount(2);
    await form.getByRole("button", { name: "Delete the demo" }).click();
    await expect(told(page)).toHaveText("“Tide tables” is deleted.");
    await expect(page.getByText("Nothing here yet")).toBeVisible();
    await expect(told(page)).toBeFocused();
    const left = await withDatabase(
      ({ sql }) => sql`select status, demo_id from demo_signup where id in ${sql([signup.id, other.id])} order by id`,
    );
    expect([...left]).toEqual([
      { status: "scheduled", demo_id: null },
      { status: "waitlisted", demo_id: null },
    ]);

    // What was presented stays, with what was said about it.
    await withDatabase(({ sql }) => sql`insert into demo (student_id, title) values (${me.id}, 'Ferry times')`);
    const shown = await newSignup(me, (await demoOf(me)).id, "presented");
    await withDatabase(
      ({ sql }) => sql`update demo_signup set rating = 4, presentation_notes = 'Clear story.' where id = ${shown.id}`,
    );
    await open(page, "/portal/demos");
    await expect(page.locator("[data-demo]")).toContainText("Feedback: Clear story.");
    await expect(page.locator("[data-demo]")).toContainText("Presented, so it stays.");
    await expect(page.getByRole("button", { name: /^Delete/ })).toHaveCount(0);
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("goals are set, seen growing, changed, deleted and had back; five are the most", async ({ context, page }) => {
    const me = await newStudent((await newBatch()).id, "Jon Vale");
    await withDatabase(
      ({ sql }) => sql`
        with n as (
          insert into coding_name (kind, name) values ('language', 'TypeScript')
          on conflict (kind, name) do update set name = excluded.name returning id
        ), d as (
          insert into daily_summary (user_id, date, total_ms, time_zone)
          values (${me.userId}, (now() at time zone 'UTC')::date, 7500000, 'UTC') returning id
        ) insert into daily_summary_item (summary_id, name_id, ms) select d.id, n.id, 2700000 from d, n`,
    );
    await signInAs(context, me.email);
    await open(page, "/portal/goals");
    const form = dialog(page);
    await page.getByRole("button", { name: "Set your first goal" }).tap();
    await form.getByLabel("In each").selectOption("day");
    await form.getByLabel("Hours").fill("25");
    await form.getByRole("button", { name: "Set the goal" }).tap();
    await expect(form).toContainText("A goal for a day is 24 hours at most.");
    await expect(form.getByLabel("Hours")).toBeFocused();
    await form.getByLabel("Hours").fill("2");
    await form.getByLabel("Minutes").fill("30");
    await form.getByRole("button", { name: "Set the goal" }).tap();
    await expect(told(page)).toHaveText("The goal is set.");
    const first = page.locator("[data-goal]").first();
    // 2 h 5 min of 2 h 30 min are 83.3 %.
    await expect(first).toContainText("2 h 30 min of coding a day");
    await expect(first).toContainText("2 h 5 min of 2 h 30 min");
    await expect(first).toContainText("83 %");
    await expect(first).toContainText("25 min to go today");

    await page.getByRole("button", { name: "Set another goal" }).tap();
    await form.getByLabel("What counts").selectOption("language");
    await form.getByLabel("Language").fill("typescript");
    await form.getByLabel("In each").selectOption("day");
    await form.getByLabel("Minutes").fill("45");
    await form.getByRole("button", { name: "Set the goal" }).tap();
    const second = page.locator("[data-goal]").nth(1);
    await expect(second).toContainText("45 min of TypeScript a day");
    await expect(second).toContainText("reached");
    await second.getByRole("button", { name: /^Change/ }).tap();
    await form.getByLabel("Hours").fill("1");
    await form.getByRole("button", { name: "Save" }).tap();
    await expect(told(page)).toHaveText("Saved.");
    await expect(second).toContainText("1 h 45 min of TypeScript a day");
    await expect(second).toContainText("1 h to go today");
    await expectAccessible(page, { widths: [1280, 390] });

    await first.getByRole("button", { name: /^Delete/ }).tap();
    await expect(told(page)).toHaveText("“2 h 30 min of coding a day” is deleted.");
    await expect(page.locator("[data-goal]")).toHaveCount(1);
    await expect(page.getByRole("button", { name: "Undo" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(told(page)).toHaveText("The goal is back.");
    await expect(first).toContainText("2 h 5 min of 2 h 30 min");

    await withDatabase(
      ({ sql }) => sql`
        insert into goal (student_id, slot, period, kind, name, target_ms)
        select ${me.id}, slot, 'month', 'language', 'Language ' || slot, 3600000 from generate_series(3, 5) slot`,
    );
    await open(page, "/portal/goals");
    await expect(page.locator("main")).toContainText("5 goals are the most");
    await expect(page.getByRole("button", { name: "Set another goal" })).toHaveCount(0);
  });
});
