import { randomInt, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { sql as rawSql } from "drizzle-orm";
import { createDemoSession } from "@/db/mutations/demo-session";
import { askToSend } from "@/lib/notify/notify";
import { startFakeSlack } from "./fakes/slack";
import { goTo } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { newPerson, oneRow, setting, withDatabase } from "./fixtures/database";
import { expectDirectMessages } from "./fixtures/direct-messages";
import { expect, signInAs, test } from "./fixtures/test";

const open = (page: Page) => goTo(page, "/admin/settings");

/** A year that nobody else's holidays are in. */
const farYear = () => String(randomInt(2030, 2090));

test("the academy gets another name; the second of two people editing is shown the first one's and chooses", async ({
  context,
  page,
}) => {
  const { name } = await oneRow<{ name: string }>(
    (sql) => sql`select value #>> '{}' as name from setting where key = 'academy_name'`,
  );
  try {
    const { email } = await newPerson("admin");
    await signInAs(context, email);
    await open(page);
    const second = await context.newPage();
    await open(second);
    await page.getByLabel("Name of the academy").fill("Heron Academy");
    await page.getByRole("button", { name: "Save the name" }).click();
    await expect(page.getByText("The name is saved.")).toBeVisible();

    await second.getByLabel("Name of the academy").fill("Egret Academy");
    await second.getByRole("button", { name: "Save the name" }).click();
    const conflict = second.getByRole("alert").filter({ hasText: "saved changes while you were editing" });
    await expect(conflict).toContainText("Zoe Quill saved changes while you were editing.");
    await expect(conflict).toContainText("saved: Heron Academy, yours: Egret Academy");
    await expectAccessible(second);
    await conflict.getByRole("button", { name: "Save mine over it" }).click();
    await expect(second.getByText("The name is saved.")).toBeVisible();
    await second.goto("/admin");
    await expect(second.getByRole("heading", { level: 1 })).toHaveText("Egret Academy");
  } finally {
    // The academy's own, which other journeys read.
    await withDatabase(({ sql }) => sql`update setting set value = to_jsonb(${name}::text) where key = 'academy_name'`);
  }
});

test("an unknown time zone is refused beside its field, and the consequences stand there before", async ({
  context,
  page,
}) => {
  await signInAs(context, "admin@cohort.test");
  await open(page);
  await expect(page.getByText("The nightly sync starts at 23:30 of this zone")).toBeVisible();
  const zone = page.getByLabel("Time zone", { exact: true });
  const before = await zone.inputValue();
  await zone.fill("Europe/Atlantis");
  await page.getByRole("button", { name: "Save the time zone" }).click();
  await expect(zone).toHaveAttribute("aria-invalid", "true");
  await expect(zone).toBeFocused();
  const stored = await oneRow<{ zone: string }>(
    (sql) => sql`select value #>> '{}' as zone from setting where key = 'academy_time_zone'`,
  );
  expect(stored.zone).toBe(before);
  await expectAccessible(page);
});

test("a holiday is added, edited and deleted, and a list is checked before it is imported", async ({
  context,
  page,
}) => {
  const year = farYear();
  const word = randomUUID().slice(0, 8);
  const planned = await oneRow<{ id: number }>(
    (sql) => sql`
      insert into demo_session (session_date, time_zone, title) values (${`${year}-03-14`}, 'UTC', ${`Clash ${word}`})
      returning id`,
  );
  await signInAs(context, "admin@cohort.test");
  await open(page);
  await page.getByRole("button", { name: "Add a holiday" }).click();
  const add = page.getByRole("dialog", { name: "Add a holiday" });
  await add.getByLabel("Day").fill(`${year}-03-14`);
  await add.getByLabel("Name").fill(`Pi day ${word}`);
  await expectAccessible(page);
  await add.getByRole("button", { name: "Add", exact: true }).click();
  const row = page.getByRole("row").filter({ hasText: `Pi day ${word}` });
  await expect(row).toContainText("Demo session planned: ");
  await expect(page.locator("#holidays p[role=status]")).toContainText("planned on");
  await expect(row.getByRole("link", { name: `Clash ${word}` })).toHaveAttribute(
    "href",
    `/admin/demo-sessions/${planned.id}`,
  );
  await expect(add).toBeHidden();
  await expectAccessible(page, { widths: [390] });
  await withDatabase(({ sql }) => sql`delete from demo_session where id = ${planned.id}`);

  await row.getByRole("button", { name: `Edit Pi day ${word}` }).click();
  const edit = page.getByRole("dialog", { name: `Edit Pi day ${word}` });
  await edit.getByLabel("Name").fill(`Tau day ${word}`);
  await edit.getByRole("button", { name: "Save" }).click();
  const tau = page.getByRole("row").filter({ hasText: `Tau day ${word}` });
  await expect(tau).toBeVisible();

  await page.getByRole("button", { name: "Import a list" }).click();
  const dialog = page.getByRole("dialog", { name: "Import a list of holidays" });
  await dialog
    .getByLabel("One holiday in each line")
    .fill(`${year}-03-14 Three ${word}\n${year}-02-30 Never ${word}\n${year}-05-01,May ${word}`);
  await dialog.getByRole("button", { name: "Check the list" }).click();
  await expect(dialog.getByRole("status")).toHaveText("This list: 1 new, 1 changed, 0 as they are, 1 left out.");
  await expect(dialog.getByText(`was: Tau day ${word}`)).toBeVisible();
  await expectAccessible(page);
  await expect(tau).toHaveCount(1);
  await dialog.getByRole("button", { name: "Import 2 holidays" }).click();
  await expect(dialog.getByRole("status")).toHaveText("Done: 1 new, 1 changed, 0 as they are, 1 left out.");
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByRole("row").filter({ hasText: `May ${word}` })).toBeVisible();

  await page
    .getByRole("row")
    .filter({ hasText: `Three ${word}` })
    .getByRole("button", { name: /^Delete/ })
    .click();
  await page
    .getByRole("dialog", { name: `Delete Three ${word}` })
    .getByRole("button", { name: "Delete" })
    .click();
  await expect(page.getByRole("row").filter({ hasText: `Three ${word}` })).toHaveCount(0);
});

test("Slack: a webhook and a bot are taken, shown by their end only, tried, announced to, and removed", async ({
  browser,
  context,
  page,
}) => {
  const fake = await startFakeSlack({ port: Number(setting("E2E_SLACK_PORT")), token: "xoxb-hidden-secret-Qq7x" });
  const title = `Slack journey ${randomUUID().slice(0, 8)}`;
  /** Others create sessions meanwhile, which are announced here too. */
  const posts = (text: string) => fake.posts.filter((post) => JSON.stringify(post).includes(text));
  try {
    await signInAs(context, "admin@cohort.test");
    await open(page);
    const field = page.getByLabel("Incoming webhook");
    await field.fill("http://hooks.slack.test/services/secret/Qq7x");
    await page.getByRole("button", { name: "Save the address" }).click();
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await field.fill(fake.webhookUrl);
    await page.getByRole("button", { name: "Save the address" }).click();
    await expect(page.getByText("Messages go to 127.0.0.1")).toContainText("…cret");
    expect(await page.content()).not.toContain("fakewebhooksecret");
    expect(await (await page.request.get("/admin/audit")).text()).not.toContain("fakewebhooksecret");
    const { stored } = await oneRow<{ stored: string }>(
      (sql) => sql`select value::text as stored from setting where key = 'slack_webhook'`,
    );
    expect(stored).not.toContain("fakewebhooksecret");
    await page.getByRole("button", { name: "Send a test message" }).click();
    await expect(page.getByText("It is on its way: whether Slack took it")).toBeVisible();
    await expectAccessible(page, { widths: [1280, 390] });
    await expect.poll(() => posts("settings page").length, { timeout: 20_000 }).toBe(1);

    await withDatabase(async ({ db }) => {
      const { id } = await oneRow<{ id: number }>(
        (sql) => sql`select id from "user" where email = 'admin@cohort.test'`,
      );
      const fields = {
        ...{
          sessionDate: `${randomInt(2_200, 2_900)}-03-14`,
          sessionTime: "15:00",
          timeZone: "America/Chicago",
          title,
        },
        ...{ description: "Bring <a> & b.", notes: null, meetingUrl: "https://meet.example/x", batchId: null },
        ...{ maxScheduled: 8, isActive: true },
      };
      expect(await createDemoSession(db, { type: "user", id, role: "admin" }, fields, new Date())).toMatchObject({
        ok: true,
      });
      await askToSend(db);
      // Another try than the first one, though within the same minute.
      await db.execute(rawSql`update outbox set occasion = occasion || ' first' where kind = 'slack-test'`);
    });
    await expect.poll(() => posts(title).length, { timeout: 20_000 }).toBe(1);
    expect(JSON.stringify(posts(title)[0])).toContain("Bring &lt;a&gt; &amp; b.");

    await page.getByLabel("Bot token").fill(fake.token);
    await page.getByLabel("The academy's channel").fill("Nowhere");
    await page.getByRole("button", { name: "Save the bot" }).click();
    await expect(page.getByText("A bot writes to #nowhere")).toContainText("…Qq7x");
    await page.getByRole("button", { name: "Send a test message" }).click();
    await expect(page.getByText("It is on its way: whether Slack took it")).toBeVisible();
    await page.goto("/admin/mail");
    const row = page.getByRole("row").filter({ hasText: "Slack does not know the channel #nowhere" }).first();
    await expect(async () => {
      await page.reload();
      await expect(row).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 20_000 });
    await expect(row).toContainText("Slack, the academy's channel");
    await expect(row).toContainText("trying again");
    await expectAccessible(page, { widths: [1280, 390] });
    await expectDirectMessages(browser, page, fake);
    await open(page);
    await page.getByRole("button", { name: "Disconnect" }).click();
    await page.getByRole("dialog", { name: "Disconnect Slack" }).getByRole("button", { name: "Disconnect" }).click();
    await expect(page.getByRole("button", { name: "Send a test message" })).toHaveCount(0);
  } finally {
    await fake.close();
    await withDatabase(async ({ sql }) => {
      await sql`delete from demo_session where title = ${title}`;
      await sql`update setting set value = 'null'::jsonb, version = version + 1
        where key = 'slack_webhook' and value <> 'null'::jsonb`;
    });
  }
});

test("a test mail goes to oneself through the outbox", async ({ context, page }) => {
  const { email } = await newPerson("admin");
  await signInAs(context, email);
  await open(page);
  await page.getByRole("button", { name: "Send a test mail to me" }).click();
  await expect(page.getByText("It is in the outbox")).toBeVisible();
  const folder = join(setting("E2E_HOME"), "mail");
  const mails = () =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => name.endsWith(".json"))
          .map((name) => readFileSync(join(folder, name), "utf8"))
          .filter((text) => text.includes(email))
      : [];
  await expect.poll(() => mails().length, { timeout: 20_000 }).toBe(1);
  expect(mails()[0]).toContain("settings page");
});

test.describe("an instructor", () => {
  // The page itself is answered by 403, which the browser notes.
  test.use({ expectedFaults: [/status of 403/] });

  test("has no settings, and is told so with the way on", async ({ context, page }) => {
    await signInAs(context, "instructor@cohort.test");
    expect((await page.goto("/admin/settings"))?.status()).toBe(403);
    await expect(page.getByText("This page is for admins")).toBeVisible();
    await expect(page.getByRole("link", { name: "Settings" })).toHaveCount(0);
    await expectAccessible(page);
    await page.getByRole("link", { name: "Go to the dashboard" }).click();
    await expect(page).toHaveURL("/admin");
  });
});
