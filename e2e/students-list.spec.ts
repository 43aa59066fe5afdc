import type { Page } from "@playwright/test";
import { goTo } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { newPerson } from "./fixtures/database";
import { enrolmentOf, newBatch, newStudent } from "./fixtures/students";
import { expect, signInAs, test } from "./fixtures/test";

const ADMIN = "admin@cohort.test";

const rowsOf = (page: Page) => page.getByRole("table", { name: "Students" }).locator("tbody").getByRole("row");
const chip = (page: Page, name: string | RegExp) =>
  page.getByRole("list", { name: "Active filters" }).getByRole("button", { name });
const open = goTo;

test("the list begins with active students, says so, and shows everybody when that is taken away", async ({
  context,
  page,
}) => {
  await signInAs(context, ADMIN);
  const batch = await newBatch();
  const [active, paused] = [
    await newStudent(batch.id, "Ada Active"),
    await newStudent(batch.id, "Pia Paused", "paused"),
  ];
  await open(page, "/admin");
  await page.getByRole("link", { name: "Students", exact: true }).first().click();
  await expect(page).toHaveURL("/admin/students");
  await expect(chip(page, /Status: active/)).toBeVisible();

  await open(page, `/admin/students?batch=${batch.id}`);
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(rowsOf(page).first()).toContainText(active.name);
  await chip(page, /Status: active/).click();
  await expect(page).toHaveURL(`/admin/students?batch=${batch.id}&status=all`);
  await expect(rowsOf(page)).toHaveCount(2);
  await expect(rowsOf(page).filter({ hasText: paused.name })).toContainText("paused");

  await page.getByRole("button", { name: "Status", exact: true }).click();
  await page.getByRole("button", { name: /^paused\s*1$/ }).click();
  await expect(page).toHaveURL(`/admin/students?batch=${batch.id}&status=paused`);
  await expect(rowsOf(page)).toHaveText([/Pia Paused/]);
  await page.goBack();
  await expect(rowsOf(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Clear all" }).click();
  await expect(page).toHaveURL("/admin/students");

  await open(page, `/admin/students?batch=${batch.id}`);
  await rowsOf(page).first().getByText(batch.name).click();
  await expect(page).toHaveURL(`/admin/students/${active.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(active.name);
});

test("an admin moves everybody who matches, and is told who could not be moved and why", async ({ context, page }) => {
  await signInAs(context, ADMIN);
  const [from, to] = [await newBatch(), await newBatch()];
  const movers = [await newStudent(from.id, "Mo One"), await newStudent(from.id, "Mo Two")];
  await open(page, `/admin/students?batch=${from.id}`);
  await page.getByLabel("Select this page").check();
  const bar = page.getByRole("region", { name: "Selection" });
  await expect(bar).toContainText("2 students selected");
  await bar.getByRole("button", { name: "Move to a batch" }).click();
  const dialog = page.getByRole("dialog", { name: "Move to a batch: 2 students" });
  await dialog.getByRole("button", { name: "Move to a batch" }).click();
  await expect(dialog.getByText("Please choose a batch.")).toBeVisible();
  await dialog.getByLabel("Batch").selectOption(to.name);
  await dialog.getByRole("button", { name: "Move to a batch" }).click();
  await expect(dialog.getByRole("status")).toHaveText("2 moved.");
  for (const { id } of movers) expect(await enrolmentOf(id)).toEqual({ batchId: to.id, status: "active" });
  await dialog.getByRole("button", { name: "Close" }).last().click();

  const third = await newStudent(from.id, "Mo Three");
  await open(page, `/admin/students?q=Mo+&status=all&batch=${to.id}`);
  await page.getByLabel("Select this page").check();
  await page.getByRole("region", { name: "Selection" }).getByRole("button", { name: "Move to a batch" }).click();
  const again = page.getByRole("dialog", { name: /Move to a batch/ });
  await again.getByLabel("Batch").selectOption(to.name);
  await again.getByRole("button", { name: "Move to a batch" }).click();
  await expect(again.getByRole("status")).toHaveText("0 moved, 2 not:");
  await expect(again.getByRole("listitem")).toContainText(`is in ${to.name} already.`);
  for (const { name } of movers) await expect(again.getByRole("listitem")).toContainText(name);
  expect(await enrolmentOf(third.id)).toEqual({ batchId: from.id, status: "active" });
});

test("an instructor changes the status of their own students, not of others", async ({ context, page }) => {
  const teacher = await newPerson("instructor");
  const [own, foreign] = [await newBatch(teacher.id), await newBatch()];
  const name = `Ned ${own.name.slice(-8)}`;
  const [mine, theirs] = [await newStudent(own.id, `${name} Mine`), await newStudent(foreign.id, `${name} Theirs`)];
  await signInAs(context, teacher.email);
  await open(page, `/admin/students?q=${encodeURIComponent(name)}`);
  await expect(rowsOf(page)).toHaveCount(2);
  await page.getByLabel("Select this page").check();
  const bar = page.getByRole("region", { name: "Selection" });
  await bar.getByRole("button", { name: "Move to a batch" }).click();
  const moving = page.getByRole("dialog", { name: /Move to a batch/ });
  await expect(moving.getByLabel("Batch").locator("option")).toHaveText(["Choose a batch", own.name]);
  await page.keyboard.press("Escape");
  await bar.getByRole("button", { name: "Change status" }).click();
  const dialog = page.getByRole("dialog", { name: "Change status: 2 students" });
  await dialog.getByLabel("New status").selectOption("paused");
  await dialog.getByLabel("Reason").fill("on leave");
  await dialog.getByRole("button", { name: "Change status" }).click();
  await expect(dialog.getByRole("status")).toHaveText("1 changed, 1 not:");
  await expect(dialog.getByRole("listitem")).toContainText(theirs.name);
  expect((await enrolmentOf(mine.id))?.status).toBe("paused");
  expect((await enrolmentOf(theirs.id))?.status).toBe("active");
});

test("an instructor reads and exports addresses of their own students only", async ({ context, page }) => {
  const teacher = await newPerson("instructor");
  const [own, foreign] = [await newBatch(teacher.id), await newBatch()];
  const name = `Uma ${own.name.slice(-8)}`;
  const [mine, theirs] = [await newStudent(own.id, `${name} Mine`), await newStudent(foreign.id, `${name} Theirs`)];
  await signInAs(context, teacher.email);
  const query = `q=${encodeURIComponent(name)}`;
  await open(page, `/admin/students?${query}&columns=name,email`);
  await expect(rowsOf(page).filter({ hasText: mine.name })).toContainText(mine.email);
  await expect(rowsOf(page).filter({ hasText: theirs.name })).toContainText("hidden");
  const file = await (await page.request.get(`/api/lists/students/export?${query}&columns=name,email,status`)).text();
  expect(file).toContain(mine.email);
  expect(file).toContain(theirs.name);
  expect(file).not.toContain(theirs.email);

  await open(page, `/admin/students?mine=me`);
  await expect(chip(page, /Taught by: me/)).toBeVisible();
  await expect(rowsOf(page)).toHaveText([new RegExp(mine.name)]);
  await open(page, `/admin/students?q=${theirs.email}`);
  await expect(page.getByText("No student matches these filters")).toBeVisible();
});

test(`axe finds nothing on the students list and its dialogs`, async ({ context, page }) => {
  await signInAs(context, ADMIN);
  await open(page, "/admin/students?status=all");
  await expectAccessible(page);
  await rowsOf(page).first().getByRole("checkbox").check();
  await page.getByRole("button", { name: "Change status" }).click();
  await expect(page.getByRole("dialog", { name: "Change status: 1 student" })).toBeVisible();
  await expectAccessible(page, { widths: [1280] });
});
