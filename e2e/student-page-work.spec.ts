import { randomUUID } from "node:crypto";
import { goTo, reload } from "./fixtures/alive";
import { newPerson, oneRow, withDatabase } from "./fixtures/database";
import { dialog, figure, newCodingStudent, path, timeline } from "./fixtures/student-page";
import { expect, signInAs, test } from "./fixtures/test";

test("an admin sees the numbers with their period, edits, and is told of what somebody else saved", async ({
  context,
  page,
}) => {
  const student = await newCodingStudent();
  await signInAs(context, "admin@cohort.test");
  await goTo(page, path(student));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(student.name);
  await expect(figure(page, "last 7 days")).toHaveText("1 h 15 min");
  await expect(figure(page, /^daily average/)).toHaveText("37 min");
  await expect(page.getByText(student.email)).toBeVisible();
  await expect(page.getByText("UTC, the batch’s zone")).toBeVisible();

  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await dialog(page).getByLabel("Phone").fill("+1 555 0199");
  await withDatabase(
    ({ sql }) => sql`
      update "user" set phone = '+1 555 0177', version = version + 1 where id = ${student.userId}`,
  );
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(dialog(page).getByText("Somebody else saved changes while you were editing.")).toBeVisible();
  await expect(dialog(page).getByRole("alert")).toContainText("saved: +1 555 0177, yours: +1 555 0199");
  await dialog(page).getByRole("button", { name: "Save mine over it" }).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole("link", { name: "+1 555 0199" })).toBeVisible();

  // The form that comes next begins with what is saved now.
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await dialog(page).getByLabel("Time zone").selectOption("Europe/Lisbon");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Europe/Lisbon, the student’s own zone")).toBeVisible();
  await expect(dialog(page)).toHaveCount(0);
});

test("a student is moved and paused from their page, and the timeline and the history tell it", async ({
  context,
  page,
}) => {
  const student = await newCodingStudent();
  await signInAs(context, "admin@cohort.test");
  await goTo(page, path(student));
  await page.getByRole("button", { name: "Move" }).click();
  await dialog(page).getByRole("button", { name: "Move" }).click();
  await expect(dialog(page).getByLabel("Batch")).toHaveAccessibleDescription("Please choose a batch.");
  await dialog(page).getByLabel("Batch").selectOption({ label: student.other });
  await dialog(page).getByRole("button", { name: "Move" }).click();
  await expect(dialog(page)).toHaveCount(0);
  const history = page.locator("section", { has: page.getByRole("heading", { name: "Enrolments" }) });
  await expect(history).toContainText(`moved from ${student.batch}`);
  await expect(timeline(page)).toContainText(`Moved to ${student.other}`);

  await page.getByRole("button", { name: "Change status" }).click();
  const offered = await dialog(page).getByLabel("New status").locator("option").allInnerTexts();
  expect(offered).toEqual(["Choose a status", "paused", "dropped", "graduated"]);
  await dialog(page).getByLabel("New status").selectOption("paused");
  await dialog(page).getByLabel("Reason").fill("Ill for a while");
  await dialog(page).getByRole("button", { name: "Change status" }).click();
  await expect(page.locator("main header").getByText("paused", { exact: true })).toBeVisible();

  await timeline(page).getByRole("link", { name: "Log" }).click();
  await expect(page).toHaveURL(/kind=changes/);
  await expect(timeline(page).getByRole("listitem")).toHaveCount(2);
  await expect(timeline(page).getByRole("listitem").first()).toContainText("changed an enrolment’s status");
});

test("notes: a private one is its author's alone, a shared one is read by all staff", async ({
  browser,
  context,
  page,
}) => {
  const student = await newCodingStudent();
  const words = `Looks tired ${randomUUID()}`;
  await signInAs(context, "instructor@cohort.test");
  await goTo(page, path(student));
  await page.getByRole("button", { name: "Write a note" }).click();
  await dialog(page).getByRole("button", { name: "Save the note" }).click();
  await expect(dialog(page).getByLabel("Note", { exact: true })).toHaveAccessibleDescription("Please write something.");
  await dialog(page).getByLabel("Note", { exact: true }).fill(words);
  const { tomorrow } = await oneRow<{ tomorrow: string }>((sql) => sql`select (current_date + 1)::text as tomorrow`);
  await dialog(page).getByLabel("Follow up on").fill(tomorrow);
  await dialog(page).getByRole("button", { name: "Save the note" }).click();
  const note = page.getByRole("article").filter({ hasText: words });
  await expect(note).toContainText("by you, read by you alone");
  await expect(note).toContainText("follow up tomorrow");
  await note.getByRole("button", { name: "Done" }).click();
  await expect(note).toContainText("followed up");

  const others = await browser.newContext();
  await signInAs(others, "admin@cohort.test");
  const admin = await others.newPage();
  await goTo(admin, `${path(student)}?kind=notes`);
  await expect(timeline(admin)).toContainText("Nothing of this kind");
  await goTo(admin, path(student));
  await expect(admin.getByText(words)).toHaveCount(0);

  await note.getByRole("button", { name: "Edit" }).click();
  await dialog(page).getByLabel("Who reads it").selectOption("shared");
  await dialog(page).getByRole("button", { name: "Save the note" }).click();
  await expect(note).toContainText("read by all staff, edited");
  await reload(admin);
  await expect(admin.getByRole("article").filter({ hasText: words })).toContainText("read by all staff");

  // An instructor of other batches reads it and changes nothing.
  const stranger = await newPerson("instructor");
  const third = await browser.newContext();
  await signInAs(third, stranger.email);
  const reader = await third.newPage();
  await goTo(reader, path(student));
  await expect(reader.getByText(words)).toBeVisible();
  await expect(reader.getByRole("article").getByRole("button")).toHaveCount(0);

  await note.getByRole("button", { name: "Delete" }).click();
  await expect(dialog(page)).toContainText("It cannot be had back.");
  await dialog(page).getByRole("button", { name: "Delete the note" }).click();
  await expect(page.getByText(words)).toHaveCount(0);
  const { n } = await oneRow<{ n: number }>(
    (sql) => sql`select count(*)::int as n from note where student_id = ${student.id}`,
  );
  expect(n).toBe(0);
  await others.close();
  await third.close();
});

test("an instructor works with their own students, and of others sees no address, no log and no buttons", async ({
  context,
  page,
}) => {
  const [own, foreign] = [await newCodingStudent(), await newCodingStudent(false)];
  await signInAs(context, "instructor@cohort.test");
  await goTo(page, path(own));
  await expect(page.getByText(own.email)).toBeVisible();
  await expect(page.getByRole("link", { name: "Sync now" })).toHaveAttribute(
    "href",
    `/admin/sync/students/${own.userId}`,
  );
  await expect(page.getByRole("button", { name: "View as this student" })).toHaveCount(0);
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await expect(dialog(page).getByLabel("E-mail")).toHaveCount(0);
  await dialog(page).getByLabel("Name").fill(`${own.name} L.`);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${own.name} L.`);

  await goTo(page, path(foreign));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(foreign.name);
  await expect(figure(page, "last 7 days")).toHaveText("1 h 15 min");
  await expect(page.getByText("Hidden: not a student of your batches.")).toBeVisible();
  const html = await page.content();
  expect(html).not.toContain(foreign.email);
  expect(html).not.toContain("555 0100");
  const header = page.locator("main header").first();
  await expect(header.getByRole("button")).toHaveCount(0);
  await expect(header.getByRole("link", { name: "Sync now" })).toHaveCount(0);
  await expect(timeline(page).getByRole("link", { name: "Log" })).toHaveCount(0);
  await goTo(page, `${path(foreign)}?kind=changes`);
  await expect(timeline(page)).toContainText("Nothing of this kind");
});
