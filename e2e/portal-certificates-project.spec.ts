import type { Page } from "@playwright/test";
import { alive, goTo } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { oneRow, withDatabase } from "./fixtures/database";
import { newBatch, newStudent, type OwnStudent } from "./fixtures/students";
import { expect, signInAs, test } from "./fixtures/test";

const CERTIFICATES = "/portal/certificates";
const PROJECT = "/portal/project";
const PHONE = { width: 390, height: 844 };

const open = goTo;
const dialog = (page: Page) => page.getByRole("dialog");
const card = (page: Page, name: string) =>
  page.locator("[data-certificate]").filter({ has: page.getByRole("heading", { name }) });

/** As the academy issues one, by whoever is an admin there; `revoked` with a reason that is staff's. */
const issueTo = ({ id }: OwnStudent, name: string, revoked = false) =>
  oneRow<{ code: string }>(
    (sql) => sql`
      insert into certificate (student_id, name, issuer, date_issued, issued_by, verify_code, revoked_at, revoked_reason)
      select ${id}, ${name}, 'Harbour Code Academy', current_date - 20, u.id,
        translate(upper(substr(md5(random()::text), 1, 24)), '01', 'GH'), case when ${revoked} then now() end,
        case when ${revoked} then 'Copied the final project' end
      from "user" u where u.email = 'admin@cohort.test' returning verify_code as code`,
  );

const projectOf = (batchId: number, name: string, ends: string | null = null) =>
  oneRow<{ id: number }>(
    (sql) => sql`
      insert into project (batch_id, name, description, start_date, end_date, happy_hour, status)
      values (${batchId}, ${name}, 'Accounts, search and payments.', current_date - 10,
        ${ends}::date, 'Thursdays 17:00', 'active') returning id`,
  );

const assign = ({ id }: OwnStudent, projectId: number, status = "active") =>
  oneRow<{ id: number }>(
    (sql) => sql`
      insert into assignment (student_id, project_id, status) values (${id}, ${projectId}, ${status}) returning id`,
  );

const savedOf = (assignmentId: number) =>
  oneRow<{ resume: string | null; linkedin: string | null; offer: string | null; status: string }>(
    (sql) => sql`
      select resume_url as resume, linkedin_url as linkedin, offer_date::text as offer, status from assignment
      where id = ${assignmentId}`,
  );

test("a student keeps certificates from elsewhere, also without an expiry, and shows the academy's", async ({
  context,
  page,
}) => {
  const me = await newStudent((await newBatch()).id, "Ana Reyes");
  const { code } = await issueTo(me, "Full-Stack Web Development");
  await issueTo(me, "Revoked later", true);
  await signInAs(context, me.email);
  await page.setViewportSize(PHONE);
  await open(page, "/portal");
  await page.getByRole("button", { name: "Open navigation" }).click();
  await page.getByRole("link", { name: "Certificates" }).click();
  await expect(page.getByText("No certificate from elsewhere yet")).toBeVisible();

  const issued = card(page, "Full-Stack Web Development");
  await expect(issued.getByRole("link", { name: /^Public page/ })).toHaveAttribute("href", `/verify/${code}`);
  await expect(card(page, "Revoked later")).toContainText("says that it was revoked");
  expect(await page.content()).not.toContain("Copied the final project");
  await expect(page.locator("[data-certificate]").getByRole("button", { name: /Edit|Delete/ })).toHaveCount(0);

  // Old defect 10: without an expiry it could not be added.
  await alive(page);
  await page.getByRole("button", { name: "Add a certificate" }).click();
  await dialog(page).getByLabel("Certificate", { exact: true }).fill("Professional Scrum Master");
  await dialog(page).getByLabel("Issuer").fill("Scrum.org");
  await dialog(page).getByLabel("Issued on").fill("2026-03-01");
  await dialog(page).getByLabel("Expires on").fill("2026-02-01");
  await dialog(page).getByLabel("Credential link").fill("https://scrum.example.org/c/77");
  await expectAccessible(page, { widths: [390] });
  await page.setViewportSize(PHONE);
  await dialog(page).getByRole("button", { name: "Add the certificate" }).click();
  await expect(dialog(page).getByLabel("Expires on")).toHaveAccessibleDescription(
    "It would expire before it was issued.",
  );
  await dialog(page).getByLabel("Expires on").fill("");
  await dialog(page).getByRole("button", { name: "Add the certificate" }).click();
  await expect(page.getByText("Added.")).toBeVisible();
  const own = card(page, "Professional Scrum Master");
  await expect(own).toContainText("no expiry");
  await expect(own.getByRole("link", { name: /at the issuer/ })).toHaveAttribute(
    "href",
    "https://scrum.example.org/c/77",
  );

  await page.setViewportSize({ width: 1280, height: 844 });
  await own.getByRole("button", { name: /^Edit/ }).click();
  await dialog(page).getByLabel("Certificate", { exact: true }).fill("Scrum Master I");
  await dialog(page).getByLabel("Expires on").fill("2026-04-01");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(card(page, "Scrum Master I")).toContainText("until 1 Apr 2026");
  await expect(page.locator("main")).toContainText("3 certificates, 1 holds today");
  await open(page, CERTIFICATES);
  await expect(card(page, "Scrum Master I")).toContainText("expired");
  await expectAccessible(page, { widths: [1280, 390] });

  await card(page, "Scrum Master I")
    .getByRole("button", { name: /^Delete/ })
    .click();
  await dialog(page).getByRole("button", { name: "Delete the certificate" }).click();
  await expect(page.getByText("No certificate from elsewhere yet")).toBeVisible();
  await expect(page.getByText("Deleted.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Add a certificate" })).toBeFocused();
  const { names } = await oneRow<{ names: string[] }>(
    (sql) => sql`select array_agg(name order by name) as names from certificate where student_id = ${me.id}`,
  );
  expect(names).toEqual(["Full-Stack Web Development", "Revoked later"]);
});

test("links and offer date are really saved (M14), and a change by staff meanwhile is shown beside one's own", async ({
  context,
  page,
}) => {
  const school = await newBatch();
  const me = await newStudent(school.id, "Ben Okafor");
  const assigned = await assign(me, (await projectOf(school.id, "Marketplace")).id);
  await signInAs(context, me.email);
  await page.setViewportSize(PHONE);
  await open(page, PROJECT);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Marketplace");
  await expect(page.locator("main")).toContainText(`${school.name} · active · you work on it`);
  await expect(page.locator("main")).toContainText("day 11");
  await expect(page.locator("main")).toContainText("Thursdays 17:00");

  await page.getByRole("button", { name: /^Edit/ }).click();
  await dialog(page).getByLabel("Resume").fill("javascript:alert(1)");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(dialog(page).getByLabel("Resume")).toHaveAccessibleDescription(/not a web address/);
  await dialog(page).getByLabel("Resume").fill("https://ben.example.com/resume.pdf");
  await dialog(page).getByLabel("LinkedIn").fill("https://www.linkedin.com/in/ben/");
  await dialog(page).getByLabel("Offer date").fill("2026-03-29");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await open(page, PROJECT);
  await expect(page.getByRole("link", { name: /^linkedin.com\/in\/ben/ })).toBeVisible();
  await expect(page.locator("main")).toContainText("29 Mar 2026");
  expect(await savedOf(assigned.id)).toEqual({
    resume: "https://ben.example.com/resume.pdf",
    linkedin: "https://www.linkedin.com/in/ben/",
    offer: "2026-03-29",
    status: "active",
  });

  // Staff save another date while the form is open.
  await page.getByRole("button", { name: /^Edit/ }).click();
  await dialog(page).getByLabel("Offer date").fill("2026-04-02");
  await withDatabase(
    ({ sql }) => sql`update assignment set offer_date = '2026-04-15', version = version + 1 where id = ${assigned.id}`,
  );
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText("saved: 2026-04-15, yours: 2026-04-02");
  expect(await savedOf(assigned.id)).toMatchObject({ offer: "2026-04-15" });
  await dialog(page).getByRole("button", { name: "Save mine over it" }).click();
  await expect(page.locator("main")).toContainText("2 Apr 2026");
  expect(await savedOf(assigned.id)).toMatchObject({ offer: "2026-04-02", status: "active" });
});

test("without a project the page says what that means, and earlier ones stay with what was kept there", async ({
  context,
  page,
}) => {
  const school = await newBatch();
  const me = await newStudent(school.id, "Cleo Lind");
  await signInAs(context, me.email);
  await open(page, PROJECT);
  await expect(page.getByText("You are on no project at the moment")).toBeVisible();
  await expect(page.locator("main")).toContainText(`The instructors of ${school.name} put students on projects`);

  const over = await assign(me, (await projectOf(school.id, "Weather", "2100-01-01")).id, "completed");
  await open(page, PROJECT);
  const earlier = page.locator(`[data-assignment="${over.id}"]`);
  await expect(earlier).toContainText("you completed it");
  await earlier.getByRole("button", { name: /^Edit/ }).click();
  await dialog(page).getByLabel("Offer date").fill("2026-05-04");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(earlier).toContainText("4 May 2026");
  expect(await savedOf(over.id)).toMatchObject({ offer: "2026-05-04", status: "completed" });
  await assign(me, (await projectOf(school.id, "Capstone", "2100-01-01")).id);
  await open(page, PROJECT);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Capstone");
  await expect(earlier).toBeVisible();
  await expectAccessible(page, { widths: [1280, 390] });
});
