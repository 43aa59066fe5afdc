import type { BrowserContext } from "@playwright/test";
import { addDays } from "@/lib/dates";
import { goTo, reload } from "./fixtures/alive";
import { DAY, dialog, events, stored, teach, unique } from "./fixtures/batches";
import { JOURNEY_PASSWORD, newEmail, newPerson, withDatabase } from "./fixtures/database";
import { newBatch, newStudent } from "./fixtures/students";
import { expect, signInAs, test } from "./fixtures/test";

/** An instructor of this journey's own, signed in. */
async function newTeacher(context: BrowserContext): Promise<{ id: number }> {
  const person = await newPerson("instructor");
  await signInAs(context, person.email);
  return person;
}

test("a key is copied, limited, switched, made anew, and the link keeps it out of every log", async ({
  browser,
  context,
  page,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const batch = await newBatch();
  const teacher = await newTeacher(context);
  await teach(batch.id, teacher.id);
  await goTo(page, `/admin/batches/${batch.id}`);
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
  const teacher = await newTeacher(context);
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
  await goTo(page, "/admin/batches/new");
  await expect(page.getByText("Only admins create batches")).toBeVisible();
  await expect(page.getByRole("button", { name: "Create batch" })).toHaveCount(0);

  await goTo(page, "/admin/batches?mine=me");
  const rows = page.getByRole("table", { name: "batches" }).getByRole("row");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText(batch.name);
});

test("an admin decides who teaches a batch", async ({ context, page }) => {
  const batch = await newBatch();
  const { id } = await newPerson("instructor");
  const name = unique("Ida Teacher");
  await withDatabase(({ sql }) => sql`update "user" set name = ${name} where id = ${id}`);
  await signInAs(context, "admin@cohort.test");
  await goTo(page, `/admin/batches/${batch.id}`);
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
