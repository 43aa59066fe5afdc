import type { Page } from "@playwright/test";
import ICAL from "ical.js";
import { goTo, refresh } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { newPerson, oneRow, setting, withDatabase } from "./fixtures/database";
import { newBatch, newStudent, type OwnStudent } from "./fixtures/students";
import { expect, signInAs, test } from "./fixtures/test";

/** However many sessions other journeys have planned before ours. */
const PAGE = "/portal/demo-sessions?shown=600";
const open = (page: Page, path = PAGE) => goTo(page, path);
const item = (page: Page, sessionId: number) => page.locator(`[data-session="${sessionId}"]`);
/** What came of the last thing one did there. */
const said = (page: Page, sessionId: number) => item(page, sessionId).locator("p[role=status]");
const dialog = (page: Page) => page.getByRole("dialog");

type Values = {
  title?: string;
  places?: number | null;
  active?: boolean;
  cancelled?: boolean;
  batchId?: number | null;
};
type Session = { id: number; date: string };

const made: number[] = [];
test.afterEach(() => withDatabase(({ sql }) => sql`delete from demo_session where id = any(${made})`));

/** A session on a summer's day at 15:00 in Chicago, which is 20:00 in UTC, where nobody else has one. */
async function newSession(values: Values = {}): Promise<Session> {
  const { title = "Summer demos", places = null, active = true, cancelled = false, batchId = null } = values;
  for (;;) {
    const [row] = await withDatabase(
      ({ sql }) => sql<Session[]>`
        insert into demo_session (session_date, time_zone, title, max_scheduled, is_active, is_cancelled, cancel_reason,
          batch_id, meeting_url)
        select day, 'America/Chicago', ${title}, ${places}, ${active}, ${cancelled},
          ${cancelled ? "The building is closed." : null}, ${batchId}, 'https://zoom.us/j/9000000001'
        from generate_series(1, 92) offset_days, lateral (select date '2027-05-31' + offset_days::int as day) d
        where not exists (select from demo_session s where s.session_date = d.day)
        order by random() limit 1
        on conflict do nothing returning id, session_date::text as date`,
    );
    if (row) {
      made.push(row.id);
      return { ...row };
    }
  }
}

const signupOf = (sessionId: number, studentId: number, status = "scheduled") =>
  oneRow<{ id: number }>(
    (sql) => sql`
      insert into demo_signup (session_id, student_id, status) values (${sessionId}, ${studentId}, ${status})
      returning id`,
  );

const stored = (sessionId: number, { id }: OwnStudent) =>
  oneRow<{ status: string; notes: string | null; demo: string | null }>(
    (sql) => sql`
      select g.status, g.signup_notes as notes, d.title as demo from demo_signup g left join demo d on d.id = g.demo_id
      where g.session_id = ${sessionId} and g.student_id = ${id}`,
  );

test("a student signs up, changes it, waits, moves up when a place comes free, and withdraws", async ({
  browser,
  context,
  page,
}) => {
  test.setTimeout(90_000);
  const school = await newBatch();
  const me = await newStudent(school.id, "Ana Reyes");
  const other = await newStudent(school.id, "Ben Okafor");
  await withDatabase(({ sql }) => sql`insert into demo (student_id, title) values (${me.id}, 'Weather dashboard')`);
  const [endless, full] = [await newSession(), await newSession({ places: 1 })];
  await signupOf(endless.id, other.id);
  await signupOf(full.id, other.id);
  await signInAs(context, me.email);
  for (const path of ["/portal", PAGE]) {
    const answer = await open(page, path);
    expect(answer?.headers()["server-timing"], path).toMatch(/desc="2 queries"$/);
  }

  // Old defect 12: it is there although only somebody else signed up; old defect 11: without a limit it can be joined.
  const joined = item(page, endless.id);
  await expect(joined.locator("time")).toContainText(", 20:00");
  await expect(joined).toContainText("(15:00 in America/Chicago)");
  await expect(joined).toContainText("no limit, 1 person signed up");
  await expect(joined.getByRole("link", { name: "Join by Zoom" })).toHaveAttribute(
    "href",
    "https://zoom.us/j/9000000001",
  );
  await joined.getByRole("button", { name: /^Sign up/ }).click();
  await dialog(page).getByLabel("Your demo").selectOption({ label: "Weather dashboard" });
  await dialog(page).getByLabel("Notes for staff").fill("I need the projector.");
  await dialog(page).getByRole("button", { name: "Sign up" }).click();
  await expect(said(page, endless.id)).toHaveText("You have a place.");
  await expect(joined).toContainText("you present");
  await expect(joined).toContainText("Weather dashboard");
  expect(await stored(endless.id, me)).toEqual({
    status: "scheduled",
    notes: "I need the projector.",
    demo: "Weather dashboard",
  });

  await joined.getByRole("button", { name: /^Change/ }).click();
  await dialog(page).getByLabel("Your demo").selectOption({ label: "Not decided yet" });
  await dialog(page).getByLabel("Notes for staff").fill("Please let me go early.");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(said(page, endless.id)).toHaveText("Saved.");
  await expect(joined).toContainText("Please let me go early.");
  expect(await stored(endless.id, me)).toMatchObject({ notes: "Please let me go early.", demo: null });

  // The page becomes newer under the open form: what was typed stays, and what was saved meanwhile is shown.
  await joined.getByRole("button", { name: /^Change/ }).click();
  await dialog(page).getByLabel("Notes for staff").fill("Or let me begin.");
  await withDatabase(
    ({ sql }) => sql`
      update demo_signup set signup_notes = 'Comes at five.', version = version + 1
      where session_id = ${endless.id} and student_id = ${me.id}`,
  );
  await refresh(page);
  await expect(joined).toContainText("Comes at five.");
  await expect(dialog(page).getByLabel("Notes for staff")).toHaveValue("Or let me begin.");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText("saved: Comes at five., yours: Or let me begin.");
  await dialog(page).getByRole("button", { name: "Save mine over it" }).click();
  await expect(joined).toContainText("Or let me begin.");

  const waited = item(page, full.id);
  await expect(waited).toContainText("the one place is taken");
  await waited.getByRole("button", { name: /^Join the waiting list/ }).click();
  await dialog(page).getByRole("button", { name: "Join the waiting list" }).click();
  await expect(said(page, full.id)).toContainText("on the waiting list, place 1");
  await expect(waited).toContainText("waiting list, place 1");

  const theirs = await browser.newContext({ baseURL: setting("E2E_URL") });
  await signInAs(theirs, other.email);
  const second = await theirs.newPage();
  await open(second);
  await item(second, full.id)
    .getByRole("button", { name: /^Withdraw/ })
    .click();
  await dialog(second).getByRole("button", { name: "Give up my place" }).click();
  await expect(said(second, full.id)).toHaveText("You have withdrawn.");
  await expect(item(second, full.id)).toContainText("Your sign-up was withdrawn.");
  await expect(item(second, full.id).getByRole("button", { name: /^Join the waiting list/ })).toBeVisible();
  await theirs.close();

  await open(page);
  await expect(waited).toContainText("you present");
  const told = await oneRow<{ count: number }>(
    (sql) => sql`select count(*)::int from outbox where user_id = ${me.userId} and kind = 'demo-promoted'`,
  );
  expect(told.count).toBe(1);
  await open(page, "/portal");
  await expect(page.getByText("Your next demo session")).toBeVisible();
  await expect(page.locator("main")).toContainText("you present");

  // Once presented nothing is left to change, and the stars stand there.
  await withDatabase(
    ({ sql }) => sql`
      update demo_signup set status = 'presented', rating = 4, presentation_notes = 'Clear story.'
      where session_id = ${full.id} and student_id = ${me.id}`,
  );
  await open(page);
  await expect(waited).toContainText("you presented");
  await expect(waited).toContainText("4 of 5 stars");
  await expect(waited).toContainText("Feedback: Clear story.");
  await expect(waited.getByRole("button", { name: /Change|Withdraw/ })).toHaveCount(0);
});

test("what cannot be joined says why, and a paused student keeps a place", async ({ context, page }) => {
  const [school, another] = [await newBatch(), await newBatch()];
  const me = await newStudent(school.id, "Cleo Lind");
  const closed = await newSession({ active: false });
  const gone = await newSession({ cancelled: true });
  const theirs = await newSession({ batchId: another.id });
  await signupOf(gone.id, me.id);
  await signupOf(closed.id, me.id, "waitlisted");
  await signInAs(context, me.email);
  await open(page);
  await expect(item(page, closed.id)).toContainText("sign-ups closed");
  await expect(item(page, gone.id)).toContainText("cancelled");
  await expect(item(page, gone.id)).toContainText("The building is closed.");
  await expect(item(page, theirs.id)).toContainText(`Only students of ${another.name} present here.`);
  for (const { id } of [gone, theirs])
    await expect(item(page, id).getByRole("button", { name: /up|list/ })).toHaveCount(0);
  await expectAccessible(page, { widths: [1280, 390] });

  await withDatabase(({ sql }) => sql`update enrolment set status = 'paused' where student_id = ${me.id}`);
  await open(page);
  await expect(page.locator("main")).toContainText(`Your enrolment in ${school.name} is paused`);
  await expect(page.getByRole("button", { name: /^(Sign up|Join the waiting list)/ })).toHaveCount(0);
  await expect(item(page, closed.id).getByRole("button", { name: /^Withdraw/ })).toBeVisible();
});

test("a calendar follows by a secret link: changes, a cancellation, and its end", async ({
  context,
  page,
  request,
}) => {
  const me = await newStudent((await newBatch()).id, "Dora Haas");
  const session = await newSession({ title: "Demos; one, two" });
  await signInAs(context, me.email);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page);
  await page.getByRole("button", { name: "Make a calendar link" }).click();
  await page.getByRole("button", { name: "Copy the link" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(new RegExp(`^${setting("E2E_URL")}/api/calendar/[\\w-]{43}\\.ics$`));

  const read = async () => {
    const answer = await request.get(link);
    expect(answer.headers()["content-type"]).toBe("text/calendar; charset=utf-8");
    const events = new ICAL.Component(ICAL.parse(await answer.text())).getAllSubcomponents("vevent");
    const component = events.find((each) => String(each.getFirstPropertyValue("uid")).includes(`-${session.id}-`));
    if (!component) return { tag: answer.headers().etag, event: null };
    const { summary, sequence, startDate } = new ICAL.Event(component);
    const status = component.getFirstPropertyValue("status");
    return {
      tag: answer.headers().etag,
      event: { summary, sequence, status, start: startDate.toJSDate().toISOString() },
    };
  };
  const change = (to: object) =>
    withDatabase(({ sql }) => sql`update demo_session set version = version + 1, ${sql(to)} where id = ${session.id}`);
  const first = await read();
  expect(first.event).toEqual({
    summary: "Demos; one, two",
    sequence: 1,
    status: "CONFIRMED",
    start: `${session.date}T20:00:00.000Z`,
  });
  const again = await request.get(link, { headers: { "If-None-Match": first.tag ?? "" } });
  expect([again.status(), await again.text()]).toEqual([304, ""]);

  await change({ session_time: "16:30" });
  const moved = await request.get(link, { headers: { "If-None-Match": first.tag ?? "" } });
  expect(moved.status()).toBe(200);
  expect((await read()).event).toMatchObject({ sequence: 2, start: `${session.date}T21:30:00.000Z` });
  await change({ is_cancelled: true });
  expect((await read()).event).toMatchObject({ sequence: 3, status: "CANCELLED" });
  await withDatabase(({ sql }) => sql`delete from demo_session where id = ${session.id}`);
  expect((await read()).event).toBeNull();

  await open(page);
  await expect(page.locator("main")).toContainText("Last read by a calendar just now.");
  await page.getByRole("button", { name: "Replace…" }).click();
  await dialog(page).getByRole("button", { name: "Replace the link" }).click();
  await expect(page.getByText("There is a new link; the old one has ended.")).toBeVisible();
  expect((await request.get(link)).status()).toBe(404);
  await page.getByRole("button", { name: "End…" }).click();
  await dialog(page).getByRole("button", { name: "End the link" }).click();
  await expect(page.getByRole("button", { name: "Make a calendar link" })).toBeVisible();
});

test("the form of a sign-up is accessible, and an admin who looks along sees no secret", async ({ context, page }) => {
  const me = await newStudent((await newBatch()).id, "Eli Park");
  const { id } = await newSession();
  await signupOf(id, me.id);
  await signInAs(context, me.email);
  await open(page);
  await item(page, id)
    .getByRole("button", { name: /^Change/ })
    .click();
  await expect(dialog(page)).toBeVisible();
  await expectAccessible(page, { widths: [390] });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Make a calendar link" }).click();
  await expect(page.getByRole("button", { name: "Copy the link" })).toBeVisible();

  const admin = await newPerson("admin");
  await context.clearCookies();
  await signInAs(context, admin.email);
  await withDatabase(
    ({ sql }) => sql`
      update session set viewing_as = ${me.userId}, viewing_until = now() + interval '10 minutes'
      where user_id = ${admin.id}`,
  );
  const answer = await page.goto(PAGE);
  expect(await answer?.text()).not.toContain("/api/calendar/");
  await expect(page.locator("main")).toContainText("Only Eli Park sees this link.");

  // Staff have theirs on the page of their account.
  await withDatabase(
    ({ sql }) => sql`update session set viewing_as = null, viewing_until = null where user_id = ${admin.id}`,
  );
  await open(page, "/account");
  await page.getByRole("button", { name: "Make a calendar link" }).click();
  await expect(page.getByRole("button", { name: "Copy the link" })).toBeVisible();
  await expectAccessible(page, { widths: [390] });
});
