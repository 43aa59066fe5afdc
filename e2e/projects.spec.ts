import type { Page } from "@playwright/test";
import { alive, goTo } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { type Class, newClass } from "./fixtures/class";
import { oneRow } from "./fixtures/database";
import { expect, signInAs, test } from "./fixtures/test";

const open = goTo;
const dialog = (page: Page) => page.getByRole("dialog");
const figure = (page: Page, name: string) => page.locator(`[data-figure=${name}]`);
const students = (page: Page) => page.getByRole("table", { name: "Students of the project" });

const newProject = (school: Class, name = "Weather dashboard") =>
  oneRow<{ id: number }>(
    (sql) => sql`
      insert into project (batch_id, name, start_date, status)
      values (${school.batchId}, ${name}, current_date - 10, 'active') returning id`,
  );

const assign = (projectId: number, studentId: number | undefined) =>
  oneRow<{ id: number }>(
    (sql) => sql`
      insert into assignment (project_id, student_id) values (${projectId}, ${studentId ?? 0}) returning id`,
  );

test("an admin creates a project, assigns the batch, follows it, and deletes it knowing what goes", async ({
  context,
  page,
}) => {
  test.setTimeout(120_000);
  const school = await newClass(["Ana", "Ben", "Cleo"]);
  await signInAs(context, "admin@cohort.test");
  await open(page, "/admin/projects");
  await page.getByRole("link", { name: "New project" }).click();
  await alive(page);
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByLabel("Name")).toHaveAccessibleDescription("Please name the project.");
  await expect(page.getByLabel("First day")).toHaveAccessibleDescription("Please give the first day.");
  await page.getByLabel("Batch", { exact: true }).selectOption({ label: school.batch });
  await page.getByLabel("Name").fill("Capstone");
  await page.getByLabel("First day").fill("2026-03-02");
  await page.getByLabel("Last day").fill("2026-03-01");
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByLabel("Last day")).toHaveAccessibleDescription("The last day is before the first one.");
  await page.getByLabel("Last day").fill("2026-04-10");
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page).toHaveURL(/\/admin\/projects\/\d+$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Capstone");

  // Everybody who is free, at once.
  await alive(page);
  await page.getByRole("button", { name: "Assign students" }).click();
  await dialog(page).getByRole("button", { name: "Assign", exact: true }).click();
  await expect(dialog(page).getByText("Please choose somebody.")).toBeVisible();
  await dialog(page).getByLabel("Select all 3").check();
  await dialog(page).getByRole("button", { name: "Assign 3" }).click();
  await expect(figure(page, "assigned")).toHaveText("3");
  await expect(dialog(page)).toBeHidden();

  // One completes it, with links; a script is no link.
  await students(page)
    .getByRole("button", { name: `Edit ${school.mark} Ana` })
    .click();
  await dialog(page).getByLabel("Status").selectOption("completed");
  await dialog(page).getByLabel("Resume").fill("javascript:alert(1)");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(dialog(page).getByLabel("Resume")).toHaveAccessibleDescription(/not a web address/);
  await dialog(page).getByLabel("Resume").fill("https://example.org/ana.pdf");
  await dialog(page).getByLabel("Offer date").fill("2026-06-01");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(figure(page, "completed")).toHaveText("1");
  await expect(figure(page, "share")).toContainText("33 %");
  await expect(figure(page, "offers")).toHaveText("1");
  await expect(page.getByRole("link", { name: `Resume of ${school.mark} Ana` })).toHaveAttribute(
    "href",
    "https://example.org/ana.pdf",
  );

  // One is taken off.
  await students(page)
    .getByRole("button", { name: `Edit ${school.mark} Ben` })
    .click();
  await dialog(page).getByRole("button", { name: "Take off the project" }).click();
  await dialog(page).getByRole("button", { name: "Take off the project" }).click();
  await expect(students(page).getByRole("row")).toHaveCount(3);
  await expect(dialog(page)).toBeHidden();

  // Deleting says what goes and offers the other way first.
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(dialog(page)).toContainText("2 assignments: 1 completed, 1 with an offer date, 1 with links");
  await expect(dialog(page).getByRole("radio", { name: /Cancel it instead/ })).toBeChecked();
  await dialog(page).getByRole("button", { name: "Cancel the project" }).click();
  await expect(figure(page, "dropped")).toHaveText("1");
  await expect(page.getByRole("button", { name: "Assign students" })).toHaveCount(0);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await dialog(page).getByRole("button", { name: "Delete the project" }).click();
  await expect(page).toHaveURL("/admin/projects");
  await open(page, `/admin/projects?batch=${school.batchId}`);
  await expect(page.getByText("No project matches these filters")).toBeVisible();
  const { left } = await oneRow<{ left: number }>(
    (sql) => sql`
      select count(*)::int as left from assignment where student_id = any(${school.students}::int[])`,
  );
  expect(left).toBe(0);
});

test("two people edit a project: the second is told what the first saved, and chooses", async ({ browser }) => {
  const school = await newClass([]);
  const { id } = await newProject(school);
  const [first, second] = await Promise.all(
    [school.teacher, "admin@cohort.test"].map(async (who) => {
      const context = await browser.newContext();
      await signInAs(context, who);
      const page = await context.newPage();
      await open(page, `/admin/projects/${id}`);
      await page.getByRole("button", { name: "Edit", exact: true }).click();
      return page;
    }),
  );
  if (!first || !second) throw new Error("two pages were expected");
  await dialog(first).getByLabel("Happy hour").fill("Mondays 9:00");
  await dialog(first).getByRole("button", { name: "Save" }).click();
  await expect(first.getByText("happy hour Mondays 9:00")).toBeVisible();
  await dialog(second).getByLabel("Happy hour").fill("Fridays 16:00");
  await dialog(second).getByRole("button", { name: "Save" }).click();
  const told = dialog(second).getByRole("alert");
  await expect(told).toContainText("Zoe Quill saved changes while you were editing.");
  await expect(told).toContainText("saved: Mondays 9:00, yours: Fridays 16:00");
  await told.getByRole("button", { name: "Save mine over it" }).click();
  await expect(second.getByText("happy hour Fridays 16:00")).toBeVisible();
  await Promise.all([first.context().close(), second.context().close()]);
});

test("somebody else assigns a student first: the rest goes on, and the dialog names who did not", async ({
  context,
  page,
}) => {
  const school = await newClass(["Ana", "Ben"]);
  const [here, other] = [await newProject(school), await newProject(school, "Marketplace")];
  await signInAs(context, school.teacher);
  await open(page, `/admin/projects/${here.id}`);
  await page.getByRole("button", { name: "Assign students" }).click();
  await dialog(page).getByLabel("Select all 2").check();
  await assign(other.id, school.students[0]);
  await dialog(page).getByRole("button", { name: "Assign 2" }).click();
  await expect(dialog(page).getByRole("status")).toHaveText("1 assigned, 1 not:");
  await expect(dialog(page)).toContainText(`${school.mark} Ana works on “Marketplace”`);
  await dialog(page).getByRole("button", { name: "Close" }).last().click();
  await expect(figure(page, "assigned")).toHaveText("1");
});

test("an instructor finds their own projects, changes those, and only looks at another's", async ({
  context,
  page,
}) => {
  const [school, theirs] = [await newClass(["Ana"]), await newClass([])];
  const [own, other] = [await newProject(school), await newProject(theirs)];
  await signInAs(context, school.teacher);
  await open(page, "/admin/projects?mine=me");
  const rows = page.getByRole("table", { name: "projects" }).getByRole("row");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText(school.batch);
  await rows.nth(1).getByRole("link").click();
  await expect(page).toHaveURL(`/admin/projects/${own.id}`);
  await expect(page.getByRole("button", { name: "Edit", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Assign students" })).toBeVisible();

  await open(page, `/admin/projects/${other.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Weather dashboard");
  await expect(page.locator("main").getByRole("button", { name: /Edit|Delete|Assign/ })).toHaveCount(0);
  await open(page, "/admin/projects/new");
  const offered = await page.getByLabel("Batch", { exact: true }).getByRole("option").allInnerTexts();
  expect(offered).toEqual(["Choose a batch", school.batch]);
});

test(`axe finds nothing on the pages of projects`, async ({ context, page }) => {
  test.setTimeout(180_000);
  const school = await newClass(["Ana", "Ben"]);
  const { id } = await newProject(school);
  await assign(id, school.students[0]);
  await signInAs(context, "admin@cohort.test");
  for (const path of ["/admin/projects", "/admin/projects/new", `/admin/projects/${id}`]) {
    await open(page, path);
    await expectAccessible(page);
  }
  for (const name of ["Edit", "Delete", "Assign students", `Edit ${school.mark} Ana`]) {
    await page.getByRole("button", { name, exact: true }).click();
    await expect(dialog(page)).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
  }
});
