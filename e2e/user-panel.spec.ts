import type { Page } from "@playwright/test";
import { goTo } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { newCrowd } from "./fixtures/crowd";
import { newPerson, oneRow, withDatabase } from "./fixtures/database";
import { enrolmentOf, newBatch, newStudent } from "./fixtures/students";
import { expect, sessionCookieOf, signInAs, test } from "./fixtures/test";

const panel = (page: Page) =>
  page.getByRole("complementary").filter({ has: page.getByRole("button", { name: "Next row" }) });

async function openPanel(page: Page, userId: number, word = "") {
  const { email } = await newPerson("admin");
  await signInAs(page.context(), email);
  await goTo(page, `/admin/users?q=${word}&open=${userId}`);
}

/** What this person is now, and the latest event about them. */
const factsOf = (userId: number) =>
  oneRow<{
    name: string;
    role: string;
    phone: string | null;
    disabled: boolean;
    batchId: number | null;
    action: string | null;
  }>(
    (sql) => sql`
      select u.name, u.role, u.phone, u.disabled_at is not null as disabled,
        (select en.batch_id from student st join enrolment en on en.student_id = st.id where st.user_id = u.id) as "batchId",
        (select action from audit_event where subject_type = 'user' and subject_id = u.id order by id desc limit 1) as action
      from "user" u where u.id = ${userId}`,
  );

test("a name is edited in the panel, and a wrong phone number is told beside its field", async ({ page }) => {
  const { word, ids } = await newCrowd(2);
  const id = ids[0] ?? 0;
  await openPanel(page, id, word);
  await panel(page).getByLabel("Phone").fill("call me");
  await panel(page).getByRole("button", { name: "Save" }).click();
  await expect(panel(page).getByText("A phone number has digits, spaces and + ( ) - only.")).toBeVisible();
  await panel(page).getByLabel("Phone").fill("+351 21 555 0100");
  await panel(page).getByLabel("Name").fill(`Anew ${word}`);
  await panel(page).getByRole("button", { name: "Save" }).click();
  await expect(panel(page).getByText("Saved.")).toBeVisible();
  await expect(page.getByRole("link", { name: `Anew ${word}` })).toBeVisible();
  expect(await factsOf(id)).toMatchObject({ name: `Anew ${word}`, phone: "+351 21 555 0100", action: "user.edit" });
});

test("of two people who edit the same user the second is told what the first saved, and chooses", async ({
  page,
  browser,
}) => {
  const { word, ids, nameOf } = await newCrowd(1);
  const id = ids[0] ?? 0;
  await openPanel(page, id, word);
  const second = await (await browser.newContext()).newPage();
  await openPanel(second, id, word);

  await panel(page).getByLabel("Name").fill(`First ${word}`);
  await panel(page).getByRole("button", { name: "Save" }).click();
  await expect(panel(page).getByText("Saved.")).toBeVisible();

  await panel(second).getByLabel("Name").fill(`Second ${word}`);
  await panel(second).getByRole("button", { name: "Save" }).click();
  const told = panel(second).getByRole("alert");
  await expect(told).toContainText("Zoe Quill saved changes while you were editing.");
  await expect(told).toContainText(`saved: First ${word}, yours: Second ${word}`);
  expect(await factsOf(id)).toMatchObject({ name: `First ${word}` });
  await expect(panel(second).getByLabel("Name")).toHaveValue(`Second ${word}`);
  await told.getByRole("button", { name: "Save mine over it" }).click();
  await expect(panel(second).getByText("Saved.")).toBeVisible();
  expect(await factsOf(id)).toMatchObject({ name: `Second ${word}` });
  expect(nameOf(1)).not.toBe(`Second ${word}`);
  await second.context().close();
});

test("who becomes a student is asked for a batch", async ({ page }) => {
  const { word, ids } = await newCrowd(1);
  const id = ids[0] ?? 0;
  await openPanel(page, id, word);
  await panel(page).getByLabel("Role").selectOption("student");
  await panel(page).getByRole("button", { name: "Change the role" }).click();
  await expect(panel(page).getByText("A student belongs to a batch: please choose one.")).toBeVisible();
  expect(await factsOf(id)).toMatchObject({ role: "user", batchId: null });

  const batch = panel(page).getByLabel("Batch");
  const value = (await batch.locator("option").nth(1).getAttribute("value")) ?? "";
  await batch.selectOption(value);
  await panel(page).getByRole("button", { name: "Change the role" }).click();
  await expect(panel(page).getByText("The role is changed.")).toBeVisible();
  await expect(panel(page).getByRole("link", { name: "Open the student page" })).toBeVisible();
  expect(await factsOf(id)).toMatchObject({ role: "student", batchId: Number(value), action: "user.change-role" });
});

test("a student is moved from the panel by who may, and whoever decides on what is no longer so is told", async ({
  page,
}) => {
  const [from, to] = [await newBatch(), await newBatch()];
  const student = await newStudent(from.id, `Ada ${from.name}`);
  await openPanel(page, student.userId, from.name);
  await expect(panel(page).getByRole("link", { name: from.name })).toBeVisible();
  await panel(page).getByRole("button", { name: "Move" }).click();
  const dialog = page.getByRole("dialog", { name: `Move ${student.name} to another batch` });
  await dialog.getByRole("button", { name: "Move" }).click();
  await expect(dialog.getByLabel("Batch")).toHaveAccessibleDescription("Please choose a batch.");
  await expect(dialog.getByRole("option", { name: from.name })).toHaveCount(0);
  await dialog.getByLabel("Batch").selectOption({ label: to.name });
  await withDatabase(
    ({ sql }) => sql`
      update enrolment set status = 'paused', version = version + 1 where student_id = ${student.id}`,
  );
  await dialog.getByRole("button", { name: "Move" }).click();
  await expect(dialog.getByRole("alert")).toContainText(
    `changed this meanwhile: ${student.name} is paused in ${from.name}.`,
  );
  expect(await enrolmentOf(student.id)).toEqual({ batchId: from.id, status: "paused" });
  await dialog.getByRole("button", { name: "Save mine over it" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(panel(page).getByRole("link", { name: to.name })).toBeVisible();
  await expect(panel(page).getByText("(paused)")).toBeVisible();
  expect(await enrolmentOf(student.id)).toEqual({ batchId: to.id, status: "paused" });

  // Whoever does not teach them reads the batch and finds no way to change it.
  const { email } = await newPerson("instructor");
  await page.context().clearCookies();
  await signInAs(page.context(), email);
  await goTo(page, `/admin/users?q=${from.name}&open=${student.userId}`);
  await expect(panel(page).getByRole("link", { name: to.name })).toBeVisible();
  await expect(panel(page).getByRole("button", { name: "Move" })).toHaveCount(0);
});

test("signing somebody out and disabling them holds from their next request on", async ({ page, browser }) => {
  const person = await newPerson("instructor");
  const theirs = await browser.newContext();
  await signInAs(theirs, person.email);
  const status = async () =>
    (await theirs.request.get("/api/users/me", { headers: { Cookie: await sessionCookieOf(theirs) } })).status();
  expect(await status()).toBe(200);

  await openPanel(page, person.id, person.email);
  await expect(panel(page).getByText("signed in on 1 device")).toBeVisible();
  await panel(page).getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(panel(page).getByText("Signed out everywhere.")).toBeVisible();
  expect(await status()).toBe(401);
  expect(await factsOf(person.id)).toMatchObject({ disabled: false, action: "user.sign-out" });

  await signInAs(theirs, person.email);
  expect(await status()).toBe(200);
  await panel(page).getByRole("button", { name: "Disable…" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("Left the academy");
  await page.getByRole("dialog").getByRole("button", { name: "Disable", exact: true }).click();
  await expect(panel(page).getByText("Left the academy")).toBeVisible();
  expect(await status()).toBe(401);
  await panel(page).getByRole("button", { name: "Enable again" }).click();
  await expect(panel(page).getByText("enabled", { exact: true })).toBeVisible();
  expect(await factsOf(person.id)).toMatchObject({ disabled: false, action: "user.enable" });
  await theirs.close();
});

test("a link for a new password is mailed", async ({ page }) => {
  const person = await newPerson("user");
  await openPanel(page, person.id, person.email);
  await panel(page).getByRole("button", { name: "Mail a link for a new password" }).click();
  await expect(panel(page).getByText(`A link is on its way to ${person.email}.`)).toBeVisible();
  const { links, notices } = await oneRow<{ links: number; notices: number }>(
    (sql) => sql`
      select (select count(*)::int from user_token where user_id = ${person.id} and kind = 'reset' and used_at is null) as links,
        (select count(*)::int from outbox where user_id = ${person.id} and kind = 'password-reset') as notices`,
  );
  expect({ links, notices }).toEqual({ links: 1, notices: 1 });
  expect(await factsOf(person.id)).toMatchObject({ action: "user.send-password-reset" });
});

test("nobody finds a way to change their own role or to disable themselves", async ({ page }) => {
  const me = await newPerson("admin");
  await signInAs(page.context(), me.email);
  await goTo(page, `/admin/users?open=${me.id}`);
  await expect(panel(page).getByRole("button", { name: "Save" })).toBeVisible();
  await expect(panel(page).getByRole("button", { name: /Change the role|Disable|Sign out everywhere/ })).toHaveCount(0);
});

test(`axe finds nothing on a list at work`, async ({ page }) => {
  test.slow();
  const { word, ids, nameOf } = await newCrowd(22);
  await openPanel(page, ids[1] ?? 0, word);
  await page.getByRole("checkbox", { name: `Select ${nameOf(1)}` }).check();
  await page.getByRole("button", { name: "Views" }).click();
  await expectAccessible(page, { widths: [1280] });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Columns" }).click();
  await expectAccessible(page, { widths: [1280] });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Role", exact: true }).first().click();
  await expect(page.getByRole("button", { name: "user 15" })).toBeVisible();
  await expectAccessible(page, { widths: [1280] });
  await page.keyboard.press("Escape");
  await panel(page).getByRole("button", { name: "Disable…" }).click();
  await expectAccessible(page, { widths: [1280] });
  await page.keyboard.press("Escape");
  await expectAccessible(page, { widths: [390] });
});
