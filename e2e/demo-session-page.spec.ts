import type { Page } from "@playwright/test";
import { goTo, reload } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { type Class, newClass } from "./fixtures/class";
import { newPerson, oneRow, withDatabase } from "./fixtures/database";
import { expect, signInAs, test } from "./fixtures/test";

const dialog = (page: Page) => page.getByRole("dialog");
const list = (page: Page, name: "Running order" | "Waiting list") => page.getByRole("list", { name, exact: true });
const rowOf = (page: Page, name: string) => page.getByRole("listitem").filter({ hasText: name });
const figure = (page: Page, name: string) => page.locator(`[data-figure=${name}]`);
const sending = (page: Page) => page.locator("[data-sending]");

type Signups = Record<string, "scheduled" | "waitlisted">;

/** A far day of one's own, and the day after it. */
const farDay = () => Math.floor(Math.random() * 3_500) * 2;

/** A session on such a day, with those of the class who are named. */
async function newSession(
  school: Class,
  names: string[],
  maxScheduled: number | null,
  signups: Signups = {},
  day = farDay(),
) {
  const { id } = await oneRow<{ id: number }>(
    (sql) => sql`
      insert into demo_session (session_date, time_zone, title, max_scheduled, meeting_url)
      values (date '2040-01-01' + ${day}::int, 'America/Chicago', ${`Demos ${school.mark}`}, ${maxScheduled},
        'https://zoom.us/j/1') returning id`,
  );
  await withDatabase(async ({ sql }) => {
    for (const [name, status] of Object.entries(signups)) {
      const studentId = school.students[names.indexOf(name)] ?? 0;
      await sql`
        insert into demo_signup (session_id, student_id, status, queued_at)
        values (${id}, ${studentId}, ${status}, clock_timestamp())`;
    }
  });
  return id;
}

/** Name (without the mark of the class) to what is stored, in running order. */
const stored = (sessionId: number) =>
  withDatabase(
    ({ sql }) => sql<{ name: string; status: string; rating: number | null; notes: string | null }[]>`
      select split_part(u.name, ' ', 2) as name, g.status, g.rating, g.presentation_notes as notes
      from demo_signup g join student st on st.id = g.student_id join "user" u on u.id = st.user_id
      where g.session_id = ${sessionId} order by g.running_order nulls last, g.queued_at`,
  );

const namesIn = async (page: Page, name: "Running order" | "Waiting list") =>
  (await list(page, name).locator("[data-signup]").getByRole("link", { name: /^Q/ }).allInnerTexts()).map((text) =>
    text.slice(text.indexOf(" ") + 1),
  );

const open = goTo;

test.describe("at the desk", () => {
  // A mark that the server refuses is an answer of 409.
  test.use({ expectedFaults: [/status of 409/] });

  test("staff sign students up and out, order them by keyboard, mark them by one click, and change the limit", async ({
    context,
    page,
  }) => {
    const names = ["Ana", "Ben", "Cleo", "Dan"];
    const school = await newClass(names);
    const id = await newSession(school, names, 2, { Ana: "scheduled", Ben: "scheduled", Cleo: "waitlisted" });
    await signInAs(context, school.teacher);
    await open(page, `/admin/demo-sessions/${id}`);
    await expect(figure(page, "places")).toHaveText("2 of 2");

    await page.getByRole("button", { name: "Sign somebody up" }).click();
    await dialog(page).getByLabel("Student").fill(school.mark);
    await dialog(page)
      .getByRole("radio", { name: new RegExp(`${school.mark} Dan`) })
      .check();
    await expect(dialog(page).getByRole("radio")).toHaveCount(1);
    await dialog(page).getByRole("button", { name: "Put on the waiting list" }).click();
    await expect(page.getByText(`${school.mark} Dan waits as number 2.`)).toBeVisible();
    await expect.poll(() => namesIn(page, "Waiting list")).toEqual(["Cleo", "Dan"]);

    // By the keyboard, as a screen reader hears it.
    await page.getByRole("button", { name: `Move ${school.mark} Ben` }).focus();
    await page.keyboard.press("Space");
    await expect(page.getByText(`${school.mark} Ben is at place 2 of 2.`)).toBeAttached();
    // Where the rows are is measured after somebody was picked up: a key that comes before that moves nobody.
    await expect(async () => {
      await page.keyboard.press("ArrowUp");
      await expect(page.getByText(`${school.mark} Ben is at place 1 of 2.`)).toBeAttached({ timeout: 1_000 });
    }).toPass();
    await page.keyboard.press("Space");
    await expect.poll(async () => (await stored(id)).map(({ name }) => name).slice(0, 2)).toEqual(["Ben", "Ana"]);
    expect(await namesIn(page, "Running order")).toEqual(["Ben", "Ana"]);

    // Whose place it was, and whose it becomes.
    await page.getByRole("button", { name: `Withdraw ${school.mark} Ben` }).click();
    await expect(dialog(page)).toContainText(`${school.mark} Cleo, and they are told`);
    await dialog(page).getByRole("button", { name: "Give up the place" }).click();
    await expect.poll(() => namesIn(page, "Running order")).toEqual(["Ana", "Cleo"]);

    // A lower limit asks first, a higher one lets those in who wait.
    const limit = async (places: string, overflow: boolean) => {
      await page.getByRole("button", { name: "Edit", exact: true }).click();
      await dialog(page).getByLabel("Number of places").fill(places);
      await dialog(page).getByRole("button", { name: "Save" }).click();
      if (overflow) {
        await dialog(page)
          .getByLabel(/Move the last of them/)
          .check();
        await dialog(page).getByRole("button", { name: "Save" }).click();
      }
      await expect(dialog(page)).toBeHidden();
    };
    await limit("1", true);
    await expect.poll(() => namesIn(page, "Waiting list")).toEqual(["Cleo", "Dan"]);
    await limit("3", false);
    await expect.poll(() => namesIn(page, "Running order")).toEqual(["Ana", "Cleo", "Dan"]);

    const ana = rowOf(page, `${school.mark} Ana`);
    await ana.getByRole("button", { name: "Presented" }).click();
    await ana.getByRole("button", { name: "4 of 5" }).click();
    await ana.getByRole("button", { name: "Feedback" }).click();
    await ana.getByLabel("Feedback for").fill("Clear and short.");
    await expect(figure(page, "rating")).toHaveText("4.0");
    await expect(sending(page)).toHaveText("All saved");

    // What the server refuses is taken back, with its reason.
    await withDatabase(
      ({ sql }) => sql`
        update demo_signup set status = 'cancelled'
        where session_id = ${id} and student_id = ${school.students[2] ?? 0}`,
    );
    const cleo = rowOf(page, `${school.mark} Cleo`);
    await cleo.getByRole("button", { name: "No-show" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "was withdrawn" })).toContainText("Your mark was not kept.");
    await expect(cleo.getByRole("button", { name: "No-show" })).toHaveAttribute("aria-pressed", "false");
    // So is what was marked without knowing that a colleague had marked; what they said is shown.
    await withDatabase(
      ({ sql }) => sql`
        update demo_signup set status = 'presented', rating = 5, version = version + 1
        where session_id = ${id} and student_id = ${school.students[3] ?? 0}`,
    );
    const dan = rowOf(page, `${school.mark} Dan`);
    await dan.getByRole("button", { name: "No-show" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "was marked meanwhile" })).toContainText(
      "presented, 5 stars. Your mark was not kept.",
    );
    await expect(dan.getByRole("button", { name: "Presented" })).toHaveAttribute("aria-pressed", "true");
    await expect(dan.getByRole("button", { name: "5 of 5" })).toHaveAttribute("aria-pressed", "true");
    expect((await stored(id)).find(({ name }) => name === "Ana")).toEqual({
      ...{ name: "Ana", status: "presented", rating: 4, notes: "Clear and short." },
    });
    // It took place: it can be called off no more, and deleting it says what goes.
    await reload(page);
    await expect(page.getByRole("button", { name: "Cancel", exact: true })).toHaveCount(0);
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await expect(dialog(page)).toContainText("marks, ratings and notes of 2 presentations");
  });
});

test("a session is cancelled and its sign-ups move, it is restored, and deleted with a clear choice", async ({
  context,
  page,
}) => {
  const names = ["Ana", "Ben"];
  const school = await newClass(names);
  const day = farDay();
  const id = await newSession(school, names, null, { Ana: "scheduled", Ben: "scheduled" }, day);
  const target = await newSession(school, names, 1, {}, day + 1);
  await signInAs(context, "admin@cohort.test");
  await open(page, `/admin/demo-sessions/${id}`);
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await expect(dialog(page)).toContainText("2 sign-ups with a place");
  await dialog(page).getByLabel("Reason").fill("Power cut");
  await dialog(page).getByLabel("Move them to another session").check();
  await dialog(page).getByRole("button", { name: "Cancel the session" }).click();
  await expect(dialog(page).getByLabel("To which session")).toHaveAccessibleDescription(/Please choose the session/);
  await dialog(page).getByLabel("To which session").selectOption(String(target));
  await dialog(page).getByRole("button", { name: "Cancel the session" }).click();
  await expect(page.getByRole("status").filter({ hasText: "2 moved" })).toHaveText(
    "The session is cancelled: 2 moved, 1 of them to the waiting list; 2 people told.",
  );
  await expect(page.getByText("Power cut")).toBeVisible();
  expect((await stored(target)).map(({ name, status }) => `${name} ${status}`)).toEqual([
    "Ana scheduled",
    "Ben waitlisted",
  ]);

  await page.getByRole("button", { name: "Restore" }).click();
  await expect(page.getByRole("link", { name: "Run the session" })).toBeVisible();
  await page.getByRole("button", { name: "Close sign-up" }).click();
  await expect(page.getByText("Switched off: students do not see it.")).toBeVisible();

  await open(page, `/admin/demo-sessions/${target}`);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(dialog(page)).toContainText("1 sign-up with a place and 1 waiting");
  await expect(dialog(page).getByLabel("Delete them with the session")).toBeChecked();
  await dialog(page).getByRole("button", { name: "Delete the session" }).click();
  await expect(page).toHaveURL("/admin/demo-sessions");
  expect(await stored(target)).toEqual([]);
});

test.describe("on a phone", () => {
  test.use({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    expectedFaults: [/ERR_INTERNET_DISCONNECTED/],
  });

  test("run mode keeps every mark through a lost network and a reload, and sends them in order", async ({
    context,
    page,
  }) => {
    const names = ["Ana", "Ben", "Cleo"];
    const school = await newClass(names);
    const id = await newSession(school, names, 8, { Ana: "scheduled", Ben: "scheduled", Cleo: "scheduled" });
    // Who teaches none of them runs the session as well.
    const { email } = await newPerson("instructor");
    await signInAs(context, email);
    const path = `/admin/demo-sessions/${id}/run`;
    await open(page, path);
    const on = page.locator("[data-on]");
    await expect(on).toHaveText(`${school.mark} Ana`);
    await page.getByRole("button", { name: "Start the clock" }).tap();
    await expect(page.getByRole("timer")).not.toHaveText("0:00");

    await context.setOffline(true);
    await page.getByRole("button", { name: "Presented", exact: true }).tap();
    await page.getByRole("button", { name: "5 of 5" }).tap();
    await page.getByLabel(/^Feedback/).fill("Well told.");
    await expect(page.getByRole("button", { name: "Start the clock" })).toBeVisible();
    await page.getByRole("button", { name: "Next: " }).tap();
    await expect(on).toHaveText(`${school.mark} Ben`);
    await page.getByRole("heading", { level: 2 }).first().tap();
    await page.keyboard.press("n");
    await expect(page.getByRole("button", { name: "No-show", exact: true })).toHaveAttribute("aria-pressed", "true");
    await expect(sending(page)).toHaveText("No connection: 4 marks kept on this device");
    await page.keyboard.press("ArrowRight");
    await expect(on).toHaveText(`${school.mark} Cleo`);
    expect((await stored(id)).map(({ status }) => status)).toEqual(["scheduled", "scheduled", "scheduled"]);

    // The page goes away with the network still gone, and comes back with it.
    await page.reload().catch(() => null);
    await context.setOffline(false);
    await open(page, path);
    await expect(on).toHaveText(`${school.mark} Cleo`);
    await expect(sending(page)).toHaveText("All saved");
    expect(await stored(id)).toEqual([
      { name: "Ana", status: "presented", rating: 5, notes: "Well told." },
      { name: "Ben", status: "no_show", rating: null, notes: null },
      { name: "Cleo", status: "scheduled", rating: null, notes: null },
    ]);
    await page.getByRole("button", { name: "Presented", exact: true }).tap();
    await expect(page.getByText("everybody is marked")).toBeVisible();
    await expect.poll(async () => (await stored(id))[2]?.status).toBe("presented");
    // A text arrives although the page is left in the moment in which it was typed.
    await page.getByLabel(/^Feedback/).fill("Short and good.");
    await page.goto("about:blank");
    await expect.poll(async () => (await stored(id))[2]?.notes).toBe("Short and good.");
  });
});

test("axe finds nothing on the pages of a session", async ({ context, page }) => {
  test.setTimeout(120_000);
  const names = ["Ana", "Ben", "Cleo"];
  const school = await newClass(names);
  const id = await newSession(school, names, 2, { Ana: "scheduled", Ben: "scheduled", Cleo: "waitlisted" });
  await signInAs(context, "admin@cohort.test");
  await open(page, `/admin/demo-sessions/${id}`);
  await rowOf(page, `${school.mark} Ana`).getByRole("button", { name: "4 of 5" }).click();
  await rowOf(page, `${school.mark} Ana`).getByRole("button", { name: "Feedback" }).click();
  await rowOf(page, `${school.mark} Ben`).getByRole("button", { name: "No-show", exact: true }).click();
  await expect(sending(page)).toHaveText("All saved");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Sign somebody up" }).click();
  await expect(dialog(page)).toBeVisible();
  await expectAccessible(page, { widths: [390] });
  await open(page, `/admin/demo-sessions/${id}/run`);
  await expectAccessible(page);
  await open(page, `/admin/demo-sessions/${id}/sheet`);
  await expectAccessible(page, { widths: [390] });
});
