import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { formatDuration } from "@/lib/format";
import { goTo } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { newPerson, oneRow, withDatabase } from "./fixtures/database";
import { newBatch, newStudent, type OwnStudent } from "./fixtures/students";
import { expect, signInAs, test } from "./fixtures/test";
import { newAccount, signInAtWakatime } from "./fixtures/wakatime";

const open = (page: Page, path = "/portal") => goTo(page, path);
const entry = (page: Page, label: string | RegExp) =>
  page.locator("dl > div", { has: page.locator("dt", { hasText: label }) });
const figure = (page: Page, label: string | RegExp) => entry(page, label).locator("dd").first();
const goal = (page: Page, aim: string) => page.getByRole("listitem").filter({ hasText: aim });

/** Minutes of coding on the day so many days ago, in UTC; `items` are languages. */
type Day = { ago: number; minutes: number; items?: Record<string, number> };

const addDays = (userId: number, days: Day[]) =>
  withDatabase(async ({ sql }) => {
    for (const { ago, minutes, items = {} } of days) {
      const [day] = await sql<{ id: number }[]>`
        insert into daily_summary (user_id, date, total_ms, time_zone)
        values (${userId}, current_date - ${ago}::int, ${minutes * 60_000}, 'UTC') returning id`;
      for (const [name, itemMinutes] of Object.entries(items)) {
        await sql`insert into coding_name (kind, name) values ('language', ${name}) on conflict do nothing`;
        await sql`
          insert into daily_summary_item (summary_id, name_id, ms)
          select ${day?.id ?? 0}, id, ${itemMinutes * 60_000} from coding_name where kind = 'language' and name = ${name}`;
      }
    }
  });

/** A link that was read just now; nothing calls it. */
const connected = (userId: number) =>
  withDatabase(
    ({ sql }) => sql`
      insert into connection (user_id, wakatime_uid, access_token_encrypted, refresh_token_encrypted, key_id, expires_at,
        last_synced_at)
      values (${userId}, gen_random_uuid(), 'x', 'x', 'journey', now() + interval '1 day', now())`,
  );

const goalOf = ({ id }: OwnStudent, slot: number, period: string, name: string | null, minutes: number) =>
  withDatabase(
    ({ sql }) => sql`
      insert into goal (student_id, slot, period, kind, name, target_ms)
      values (${id}, ${slot}, ${period}, ${name && "language"}, ${name}, ${minutes * 60_000})`,
  );

for (const { device, phone } of [
  { device: "a desk", phone: false },
  { device: "a phone", phone: true },
]) {
  test.describe(`on ${device}`, () => {
    test.use(phone ? { viewport: { width: 390, height: 844 }, hasTouch: true } : {});

    test("from a first visit with a key to the first hours", async ({ context, page }) => {
      test.setTimeout(60_000);
      const batch = await newBatch();
      const { key } = await oneRow<{ key: string }>(
        (sql) => sql`select registration_key as key from batch where id = ${batch.id}`,
      );
      const person = await newPerson("user");
      await signInAs(context, person.email);
      await page.goto("/portal");
      await expect(page).toHaveURL("/welcome");
      await page.getByLabel("Registration key").fill(key);
      await page.getByRole("button", { name: "Join your batch" }).click();
      await expect(page.getByText("You have joined your batch")).toBeVisible();

      // The steps may wait: the overview says what is missing, and leads back to them.
      if (phone) await page.getByRole("button", { name: "Open navigation" }).click();
      await page.getByRole("link", { name: "Overview", exact: true }).click();
      await expect(page.getByRole("main")).toContainText(batch.name);
      await expect(figure(page, "Last 7 days")).toHaveText("–no data");
      await expect(page.getByText("No coding time yet")).toBeVisible();
      await page.getByRole("link", { name: /^Connect WakaTime It counts/ }).click();
      // The overview has a link of the same name.
      await expect(page).toHaveURL("/portal/wakatime");
      await signInAtWakatime(context, newAccount());
      await page.getByRole("link", { name: "Connect WakaTime", exact: true }).click();
      await expect(page).toHaveURL("/portal/wakatime?result=connected");
      await page.getByRole("link", { name: "See your hours" }).click({ timeout: 20_000 });

      await expect(page).toHaveURL("/portal");
      const { week, today } = await oneRow<{ week: number; today: number | null }>(
        (sql) => sql`
          select sum(total_ms)::float8 as week, sum(total_ms) filter (where date = current_date)::float8 as today
          from daily_summary where user_id = ${person.id} and date > current_date - 7`,
      );
      await expect(figure(page, "Last 7 days")).toHaveText(formatDuration(week));
      await expect(figure(page, "Today")).toHaveText(today === null ? "–no data" : formatDuration(today));
      await expect(page.getByText(/^synced (just now|1 min ago)$/).first()).toBeVisible();
      await expect(page.getByText("Connect WakaTime")).toHaveCount(0);
      await expect(page.locator(".recharts-bar-rectangle").first()).toBeVisible();
      await expectNothingWide(page);

      // Between two syncs: the page asks once it stands. WakaTime has to compute the day first, and has it the next time.
      await withDatabase(
        ({ sql }) => sql`
          with gone as (delete from daily_summary where user_id = ${person.id} and date = current_date)
          update connection set last_synced_at = now() - interval '10 minutes' where user_id = ${person.id}`,
      );
      const cold = page.waitForResponse("**/api/wakatime/today");
      await open(page);
      await cold;
      await expect(figure(page, "Today")).toHaveText("–no data");
      await open(page);
      await expect(page.getByText(/, WakaTime’s own figure just now$/)).toBeVisible();
      const live = await oneRow<{ today: number; week: number }>(
        (sql) => sql`
          select c.today_ms as today, c.today_ms + sum(d.total_ms)::float8 as week
          from connection c
          join daily_summary d on d.user_id = c.user_id and d.date between current_date - 6 and current_date - 1
          where c.user_id = ${person.id} group by c.today_ms`,
      );
      await expect(figure(page, "Today")).toHaveText(formatDuration(live.today));
      await expect(figure(page, "Last 7 days")).toHaveText(formatDuration(live.week));
    });
  });
}

const expectNothingWide = async (page: Page) => {
  const { width, screen } = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    screen: window.innerWidth,
  }));
  expect(width).toBeLessThanOrEqual(screen);
};

test("the numbers of a hand-made student, by period and by language, and Back undoes a choice", async ({
  context,
  page,
}) => {
  test.setTimeout(60_000);
  const batch = await newBatch();
  const me = await newStudent(batch.id, "Noa Known");
  const own = `Own ${randomUUID().slice(0, 8)}`;
  // Nine days ago: a row of zero. Between the eighth and the first day before today: no data, which is not zero.
  await addDays(me.userId, [
    { ago: 0, minutes: 75, items: { [own]: 50, CSS: 25 } },
    { ago: 1, minutes: 200, items: { [own]: 100, CSS: 50, Python: 50 } },
    { ago: 8, minutes: 100 },
    { ago: 9, minutes: 0 },
  ]);
  await connected(me.userId);
  await goalOf(me, 1, "day", null, 60);
  await goalOf(me, 2, "day", own, 120);
  const others = await Promise.all(["A", "B", "C", "D"].map((name) => newStudent(batch.id, name)));
  const weeks = [60, 300, 400];
  for (const [place, minutes] of weeks.entries()) {
    await addDays(others[place]?.userId ?? 0, [{ ago: 0, minutes }]);
  }
  await signInAs(context, me.email);
  const answer = await open(page);
  expect(answer?.headers()["server-timing"]).toMatch(/desc="2 queries"$/);

  // 75 + 200 min in two of seven days; 275 / 2 = 137.5. Three days from 15 min on, with nothing but missing ones between.
  await expect(figure(page, "Today")).toHaveText("1 h 15 min");
  await expect(figure(page, "Last 7 days")).toHaveText("4 h 35 min");
  await expect(entry(page, "Last 7 days")).toContainText("2 h 17 min a day on average, over 2 of 7 days with data");
  await expect(figure(page, "Streak")).toHaveText("3 days");
  await expect(entry(page, "Streak")).toContainText("A day counts from 15 min.");
  await expect(page.getByRole("main")).toContainText("in UTC, your batch’s zone · synced just now");

  // Four with data are too few: the number is nowhere in what the browser got. With a fifth it is 60 275 [300] 400 500.
  await expect(figure(page, "Batch median")).toHaveText("–no data");
  await expect(entry(page, "Batch median")).toContainText("once five students of your batch have data");
  await addDays(others[3]?.userId ?? 0, [{ ago: 0, minutes: 500 }]);
  await open(page);
  await expect(figure(page, "Batch median")).toHaveText("5 h");
  await expect(entry(page, "Batch median")).toContainText("5 students with data. You have 25 min less.");

  // Goals: reached, and 50 of 120 min.
  await expect(goal(page, "1 h of coding a day")).toContainText("1 h 15 min, reached");
  await expect(goal(page, `2 h of ${own} a day`)).toContainText("50 min, 41 %");

  // Fourteen days: 375 min, of which the eighth day back has no details; 375 / 4 = 93.75.
  await expect(figure(page, "total of 14 days, 3 with coding")).toHaveText("6 h 15 min");
  await expect(figure(page, "a day on average, over 4 with data")).toHaveText("1 h 33 min");
  await expect(figure(page, "most active day, 3 h 20 min")).toBeVisible();
  await expect(figure(page, "top language, 2 h 30 min")).toHaveText(own);
  // 150, 75 and 50 of 275 min are 54.5, 27.3 and 18.2 %: whole ones that add up to 100.
  const rows = page.getByRole("table", { name: /^Coding time by language/ }).getByRole("row");
  await expect(rows).toHaveText([
    "LanguageShareCoding time",
    `${own}55 %2 h 30 min`,
    "CSS27 %1 h 15 min",
    "Python18 %50 min",
  ]);
  await expect(page.getByText("Details are stored for 2 days of the 3 with coding.")).toBeVisible();

  await page.getByRole("link", { name: "7 days", exact: true }).click();
  await expect(page).toHaveURL("/portal?period=7");
  await expect(figure(page, "total of 7 days, 2 with coding")).toHaveText("4 h 35 min");
  await page.getByRole("link", { name: "Editors" }).click();
  await expect(page).toHaveURL("/portal?period=7&tab=editors");
  await expect(page.getByText("No editors are known for these days.")).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL("/portal?period=7");
  await expect(rows).toHaveCount(4);
  await page.goBack();
  await expect(figure(page, "total of 14 days, 3 with coding")).toHaveText("6 h 15 min");
  // In the batch since forty days ago.
  await page.getByRole("link", { name: "Batch", exact: true }).click();
  await expect(figure(page, "total of 41 days, 3 with coding")).toHaveText("6 h 15 min");

  // The map by keyboard: today is where one gets in, the day before it one step up.
  const map = page.getByRole("slider", { name: /^Coding time by day/ });
  await map.focus();
  await page.keyboard.press("ArrowUp");
  await expect(map).toHaveAttribute("aria-valuetext", /: 3 h 20 min$/);
  await expectAccessible(page, { widths: [1280, 390] });
});

const kiloBytes = (scripts: Buffer[]): number => scripts.reduce((sum, each) => sum + gzipSync(each).length, 0) / 1000;

/** Every script that the page names, but those for browsers without modules. */
async function namedScripts(page: Page, path: string): Promise<Buffer[]> {
  const html = (await (await page.request.get(path)).text()).replace(/<script[^>]*nomodule[^>]*>/gi, "");
  const found = new Set(html.match(/\/_next\/static\/chunks\/[^"'\\ ]+\.js/g));
  return Promise.all([...found].map(async (url) => (await page.request.get(url)).body()));
}

test("no page of the portal loads more JavaScript than it may", async ({ context, page }) => {
  const me = await newStudent((await newBatch()).id, "Lea Light");
  await addDays(me.userId, [{ ago: 1, minutes: 60 }]);
  await signInAs(context, me.email);
  // The overview as a browser loads it: the chart library comes after the page.
  const loaded: Promise<Buffer>[] = [];
  page.on("response", (answer) => {
    if (answer.request().resourceType() === "script") loaded.push(answer.body());
  });
  await open(page);
  await expect(page.locator(".recharts-surface").first()).toBeVisible();
  const overview = kiloBytes(await Promise.all(loaded));
  expect(overview).toBeGreaterThan(kiloBytes(await namedScripts(page, "/portal")));
  expect(overview).toBeLessThanOrEqual(280);

  const names = ["demo-sessions", "demos", "project", "certificates", "goals", "wakatime", "profile", "notifications"];
  for (const path of [...names, "privacy"].map((name) => `/portal/${name}`)) {
    const size = kiloBytes(await namedScripts(page, path));
    expect(size, path).toBeGreaterThan(100);
    expect(size, path).toBeLessThanOrEqual(200);
  }
});

test("neither a list nor a form of staff loads more JavaScript than it may", async ({ context, page }) => {
  await signInAs(context, "admin@cohort.test");
  for (const path of ["users", "students", "demo-sessions/new"].map((name) => `/admin/${name}`)) {
    const scripts = await namedScripts(page, path);
    expect(kiloBytes(scripts), path).toBeGreaterThan(100);
    expect(kiloBytes(scripts), path).toBeLessThanOrEqual(200);
    // Forms are read on the server: what does so is 30 kB, and one constant imported from beside a schema brings it.
    expect(scripts.filter((script) => script.includes("ZodString")).length, path).toBe(0);
  }
});
