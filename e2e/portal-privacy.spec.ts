import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { unzipSync } from "fflate";
import { deletionOccasion } from "@/db/queries/account-deletion";
import { enqueue } from "@/lib/jobs/enqueue";
import { alive, goTo } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { JOURNEY_PASSWORD, journeyPasswordHash, newPerson, oneRow, withDatabase } from "./fixtures/database";
import { sentNotice } from "./fixtures/mail";
import { newBatch, newStudent, type OwnStudent } from "./fixtures/students";
import { expect, signInAs, test } from "./fixtures/test";

const PAGE = "/portal/privacy";
const open = (page: Page, path = PAGE) => goTo(page, path);

/** A day of coding yesterday on a project of this name. */
const code = ({ userId }: OwnStudent, projectName: string) =>
  withDatabase(
    ({ sql }) => sql`
      with named as (
        insert into coding_name (kind, name) values ('project', ${projectName}) returning id
      ), day as (
        insert into daily_summary (user_id, date, total_ms, time_zone)
        values (${userId}, current_date - 1, 5400000, 'UTC') returning id
      ) insert into daily_summary_item (summary_id, name_id, ms) select day.id, named.id, 5400000 from day, named`,
  );

const setPassword = async ({ userId }: OwnStudent) => {
  const hash = await journeyPasswordHash();
  await withDatabase(({ sql }) => sql`update "user" set password_hash = ${hash} where id = ${userId}`);
};

const dueOf = ({ userId }: OwnStudent) =>
  oneRow<{ due: Date | null; name: string; anonymised: boolean }>(
    (sql) => sql`
      select deletion_due_at as due, name, anonymised_at is not null as anonymised from "user" where id = ${userId}`,
  );

test("a student reads who sees what, hides names of projects on paper, and takes the data along", async ({
  page,
  context,
  browser,
}) => {
  const batch = await newBatch();
  const student = await newStudent(batch.id, "Priya Vacy");
  const project = `secret-${randomUUID().slice(0, 8)}`;
  await code(student, project);
  await signInAs(context, student.email);
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "/portal");
  await page.getByRole("button", { name: "Open navigation" }).click();
  await page.getByRole("link", { name: "Privacy" }).click();
  await expect(page.getByRole("heading", { name: "Who sees what" })).toBeVisible();
  await alive(page);
  await page.getByLabel("Hide the names of my coding projects").check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();

  const staff = await browser.newContext();
  const admin = await newPerson("admin");
  await signInAs(staff, admin.email);
  const desk = await staff.newPage();
  await open(desk, `/admin/students/${student.id}/report`);
  await expect(desk.getByText("Project 1", { exact: true })).toBeVisible();
  expect(await desk.content()).not.toContain(project);
  await open(desk, `/admin/students/${student.id}`);
  await expect(desk.getByText(project).first()).toBeVisible();
  await desk.emulateMedia({ media: "print" });
  await expect(desk.getByText(project).first()).toBeHidden();
  // Whoever looks through the student's eyes reads the page, and takes nothing away.
  await withDatabase(
    ({ sql }) => sql`
      update session set viewing_as = ${student.userId}, viewing_until = now() + interval '10 minutes'
      where user_id = ${admin.id}`,
  );
  await open(desk, PAGE);
  await expect(desk.getByText("Only Priya Vacy downloads this.")).toBeAttached();
  expect((await staff.request.get("/api/students/me/export")).status()).toBe(403);
  await staff.close();

  const download = async (name: string) => {
    const coming = page.waitForEvent("download");
    await page.getByRole("link", { name }).click();
    const file = await coming;
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  };
  const json = await download("Download as JSON");
  expect(json.name).toMatch(/^my-data-\d{4}-\d\d-\d\d\.json$/);
  const data = JSON.parse(json.bytes.toString("utf8"));
  expect(data).toMatchObject({ account: { name: "Priya Vacy", hides_project_names: true } });
  expect(data.day_details).toMatchObject([{ kind: "project", name: project, ms: 5_400_000 }]);
  const zip = await download("Download as CSV files (zip)");
  expect(zip.name).toMatch(/\.zip$/);
  const files = unzipSync(zip.bytes);
  expect(Object.keys(files)).toEqual(expect.arrayContaining(["readme.txt", "account.csv", "days.csv"]));
  expect(Buffer.from(files["day_details.csv"] ?? []).toString("utf8")).toContain(`project,${project},5400000,1.5`);
});

test("a student asks for the account to be deleted, keeps it, asks again, and is gone after the time of grace", async ({
  page,
  context,
  browser,
}) => {
  const batch = await newBatch();
  const student = await newStudent(batch.id, `Delia ${randomUUID().slice(0, 8)}-Gone`);
  await setPassword(student);
  await signInAs(context, student.email);
  const banner = page.getByRole("region", { name: "Deletion of your account" });

  const ask = async (password: string) => {
    await page.getByLabel("Current password").fill(password);
    await page.getByRole("button", { name: "Delete my account in 14 days" }).click();
  };
  await open(page);
  await expect(banner).toHaveCount(0);
  await page.getByText("Delete my account…").click();
  await ask("Not-my-kettle-1");
  await expect(page.getByText("This is not your current password.")).toBeVisible();
  expect(await dueOf(student)).toMatchObject({ due: null });
  await ask(JOURNEY_PASSWORD);
  await expect(banner).toContainText("This account is deleted on");
  await expectAccessible(page, { widths: [1280, 390] });
  await sentNotice("deletion-requested", student.userId);

  // From any page of the portal, with a thumb.
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "/portal/wakatime");
  await banner.getByRole("button", { name: "Keep my account" }).click();
  await expect(banner).toHaveCount(0);
  expect(await dueOf(student)).toMatchObject({ due: null });

  await open(page);
  await page.getByText("Delete my account…").click();
  await ask(JOURNEY_PASSWORD);
  await expect(banner).toBeVisible();
  const staff = await browser.newContext();
  await signInAs(staff, "admin@cohort.test");
  const desk = await staff.newPage();
  await open(desk, `/admin/students/${student.id}`);
  await expect(desk.getByText("asked for the account to be deleted")).toBeVisible();

  // Fourteen days later, with the reminder written; then the clock's job.
  const due = new Date(Date.now() - 60_000);
  await withDatabase(async ({ db, sql }) => {
    await sql`update "user" set deletion_due_at = ${due.toISOString()} where id = ${student.userId}`;
    await sql`insert into outbox (user_id, kind, occasion)
      values (${student.userId}, 'deletion-tomorrow', ${deletionOccasion(due)})`;
    await enqueue(db, "account-tick", {}, { key: `journey:${randomUUID()}` });
  });
  await expect.poll(async () => (await dueOf(student)).anonymised, { timeout: 20_000 }).toBe(true);

  await page.goto("/portal");
  await expect(page).toHaveURL(/\/login/);
  await page.getByLabel("E-mail").fill(student.email);
  await page.getByLabel("Password", { exact: true }).fill(JOURNEY_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("E-mail address or password is wrong.")).toBeVisible();
  await open(desk, `/admin/students/${student.id}`);
  await expect(desk.getByRole("heading", { name: "Deleted student", level: 1 })).toBeVisible();
  await expect(desk.getByText("account deleted at their own request")).toBeVisible();
  expect(await desk.content()).not.toContain(student.name);
  await open(desk, `/admin/users?open=${student.userId}`);
  await expect(desk.getByText("at their own request")).toBeVisible();
  await expect(desk.getByRole("button", { name: /Enable|Disable/ })).toHaveCount(0);
  await staff.close();
});

test("whose role was taken away follows the mail, takes the data along, and keeps the account", async ({
  page,
  context,
}) => {
  const batch = await newBatch();
  const student = await newStudent(batch.id, "Rolf Former");
  // Two in the night of Kathmandu, the evening before in UTC.
  await withDatabase(async ({ sql }) => {
    await sql`update batch set time_zone = 'Asia/Kathmandu' where id = ${batch.id}`;
    await sql`update "user" set role = 'user', deletion_due_at = '2031-03-04T20:15:00Z' where id = ${student.userId}`;
  });
  await signInAs(context, student.email);
  const banner = page.getByRole("region", { name: "Deletion of your account" });
  await open(page);
  await expect(page).toHaveURL(/\/welcome$/);
  await expect(banner).toContainText("5 Mar 2031, 02:00 (Asia/Kathmandu)");
  expect((await page.request.get("/api/students/me/export")).status()).toBe(200);
  await expectAccessible(page, { widths: [1280, 390] });
  await open(page, "/account");
  await banner.getByRole("button", { name: "Keep my account" }).click();
  await expect(banner).toHaveCount(0);
  expect(await dueOf(student)).toMatchObject({ due: null });
  expect((await page.request.get("/api/students/me/export")).status()).toBe(403);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("a refused deletion is read where it was asked for", async ({ page, context }) => {
    const student = await newStudent((await newBatch()).id, "Nora Script");
    await setPassword(student);
    await signInAs(context, student.email);
    await page.goto(PAGE);
    await page.getByText("Delete my account…").click();
    await page.getByLabel("Current password").fill("Not-my-kettle-1");
    await page.getByRole("button", { name: "Delete my account in 14 days" }).click();
    await expect(page.getByText("This is not your current password.")).toBeVisible();
  });
});
