import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { goTo } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { newPerson, oneRow, withDatabase } from "./fixtures/database";
import { expect, signInAs, test } from "./fixtures/test";

const rows = (page: Page) => page.getByRole("table", { name: "events" }).getByRole("row");

/** Somebody of this journey's own, with three events: everything they ever did. */
async function newTrail() {
  const person = await newPerson("admin");
  const word = randomUUID().slice(0, 8);
  await withDatabase(
    ({ sql }) => sql`
      insert into audit_event (actor_user_id, action, subject_type, subject_id, label, before, after, request_id, ip, at) values
        (${person.id}, 'batch.edit', 'batch', 1, ${`Class ${word}`}, '{"name": "Old name", "capacity": 20, "timeZone": "UTC"}',
          '{"name": "New name", "capacity": null, "timeZone": "UTC"}', 'request-1', '192.0.2.7', now() - interval '3 minutes'),
        (${person.id}, 'user.edit', 'user', ${person.id}, ${`=cmd ${word}`}, '{"registrationKey": "SECRET-KEY"}', '{}', null, null,
          now() - interval '2 minutes'),
        (${person.id}, 'user.edit', 'user', ${person.id}, ${`Last ${word}`}, null, null, null, null, now() - interval '1 minute')`,
  );
  return { ...person, word };
}

test("a change made in the product stands at the top, with who, what and the way to it", async ({ context, page }) => {
  const { email, id } = await newPerson("admin");
  await signInAs(context, email);
  const year = 2050 + Math.floor(Math.random() * 40);
  await goTo(page, "/admin/settings");
  await page.getByRole("button", { name: "Import a list" }).click();
  const dialog = page.getByRole("dialog", { name: "Import a list of holidays" });
  const name = `Day ${randomUUID().slice(0, 8)}`;
  await dialog.getByLabel("One holiday in each line").fill(`${year}-11-23 ${name}`);
  await dialog.getByRole("button", { name: "Check the list" }).click();
  await dialog.getByRole("button", { name: "Import 1 holiday" }).click();
  await expect(dialog.getByRole("status")).toContainText("Done");
  await page.goto(`/admin/audit?actor=${id}`);
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).nth(1)).toContainText("Zoe Quill");
  await expect(rows(page).nth(1)).toContainText("added a holiday");
  await expect(rows(page).nth(1).getByRole("link", { name })).toHaveAttribute("href", "/admin/settings#holidays");
});

test("the newest comes first; filters narrow it, and their chips say what they mean", async ({ context, page }) => {
  const { id, email, word } = await newTrail();
  await signInAs(context, email);
  await goTo(page, `/admin/audit?actor=${id}`);
  await expect(rows(page)).toHaveCount(4);
  await expect(rows(page).nth(1)).toContainText(`Last ${word}`);
  await expect(page.getByRole("button", { name: /Who: Zoe Quill/ })).toBeVisible();
  await page.getByRole("button", { name: "Action", exact: true }).click();
  await page.getByRole("button", { name: /edited a batch/ }).click();
  await expect(page).toHaveURL(/action=batch.edit/);
  await expect(rows(page)).toHaveCount(2);
  await expect(page.getByRole("button", { name: /Action: edited a batch/ })).toBeVisible();
  const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  await page.goto(`/admin/audit?actor=${id}&from=${tomorrow}`);
  await expect(page.getByText("No event matches these filters")).toBeVisible();
  await page.goto(`/admin/audit?actor=${id}&to=${tomorrow}&subject=user`);
  await expect(rows(page)).toHaveCount(3);
});

test("an event opens beside the list with what was before and after, and never a secret", async ({ context, page }) => {
  const { id, email, word } = await newTrail();
  await signInAs(context, email);
  await goTo(page, `/admin/audit?actor=${id}`);
  await rows(page).nth(3).getByRole("link").first().click();
  const panel = page.getByRole("complementary", { name: `Class ${word}` });
  await expect(panel).toContainText("request-1");
  await expect(panel).toContainText("192.0.2.7");
  const changes = panel.getByRole("table", { name: "Before and after" }).getByRole("row");
  await expect(changes).toHaveText([/Field\s*Before\s*After/, /Name\s*Old name\s*New name/, /Capacity\s*20\s*–/]);
  await expectAccessible(page);
  await page.keyboard.press("ArrowUp");
  const second = page.getByRole("complementary", { name: `=cmd ${word}` });
  await expect(second).toContainText("Registration key");
  await expect(second).toContainText("not shown");
  expect(await page.content()).not.toContain("SECRET-KEY");
  await page.keyboard.press("Escape");
  await expect(second).toHaveCount(0);
});

test("the export is what is shown, with formulas made harmless", async ({ context, page }) => {
  const { id, email, word } = await newTrail();
  await signInAs(context, email);
  const answer = await page.request.get(`/api/lists/audit/export?actor=${id}&columns=at,actor,action,label`);
  expect(answer.status()).toBe(200);
  const lines = (await answer.text()).replace("\uFEFF", "").trim().split("\r\n");
  expect(lines[0]).toBe("When (UTC),Who,What,Called");
  expect(lines).toHaveLength(4);
  expect(lines[1]).toMatch(new RegExp(`^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z,Zoe Quill,edited a user,Last ${word}$`));
  expect(lines[2]).toContain(`'=cmd ${word}`);
});

test("an instructor has no audit log, nor its export, counts or an event's address", async ({ context, page }) => {
  await signInAs(context, "instructor@cohort.test");
  const { id, label } = await oneRow<{ id: string; label: string }>(
    (sql) => sql`select id, label from audit_event where length(label) > 8 order by id desc limit 1`,
  );
  const answer = await page.request.get(`/admin/audit?open=${id}`);
  expect(answer.status()).toBe(403);
  expect(await answer.text()).not.toContain(label);
  for (const path of ["export", "counts/action", "views"]) {
    expect((await page.request.get(`/api/lists/audit/${path}`)).status(), path).toBe(403);
  }
});
