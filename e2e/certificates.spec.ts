import type { Page } from "@playwright/test";
import { alive, goTo } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { type Class, newClass } from "./fixtures/class";
import { oneRow } from "./fixtures/database";
import { expect, signInAs, test } from "./fixtures/test";

const open = goTo;
const dialog = (page: Page) => page.getByRole("dialog");
const panel = (page: Page, name: string) => page.getByRole("complementary", { name });
const rows = (page: Page) => page.getByRole("table", { name: "certificates" }).getByRole("row");

const record = (studentId: number | undefined, name: string, expires: string | null = null) =>
  oneRow<{ id: number }>(
    (sql) => sql`
      insert into certificate (student_id, name, issuer, date_issued, date_expired)
      values (${studentId ?? 0}, ${name}, 'Scrum.org', '2025-03-01', ${expires}) returning id`,
  );

/** A certificate as the academy issues one, with its public address. */
const issued = ({ students: [studentId], mark }: Class, expires: string | null = null) =>
  oneRow<{ id: number; code: string }>(
    (sql) => sql`
      insert into certificate (student_id, name, issuer, date_issued, date_expired, issued_by, verify_code)
      select ${studentId ?? 0}, ${`Full-Stack ${mark}`}, 'Harbour Code Academy', '2026-01-10', ${expires}, u.id,
        translate(upper(md5(random()::text)), '01', 'XY')
      from "user" u where u.email = 'admin@cohort.test' returning id, verify_code as code`,
  );

test("an admin issues to the graduates of a batch, once, and anybody can verify it until it is revoked", async ({
  context,
  page,
  browser,
}) => {
  const school = await newClass(["Ana", "Ben"], "graduated");
  const name = `Full-Stack ${school.mark}`;
  await record(school.students[1], name);
  await signInAs(context, "admin@cohort.test");
  await open(page, "/admin/certificates");
  await page.getByRole("link", { name: "Issue to graduates" }).click();
  await alive(page);
  await page.getByRole("button", { name: "Show who gets one" }).click();
  await expect(page.getByLabel("Certificate")).toHaveAccessibleDescription(/Please name the certificate/);
  await page.getByLabel("Batch").selectOption({ label: `${school.batch} (2 graduated)` });
  await page.getByLabel("Certificate").fill(name);
  await page.getByRole("button", { name: "Show who gets one" }).click();
  await expect(page.getByRole("heading", { name: "1 graduate will get one" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "1 graduate has one that holds" })).toBeVisible();
  await alive(page);
  await page.getByRole("button", { name: "Issue to 1 graduate" }).click();
  await expect(page.locator("main").getByRole("status")).toHaveText(/^Issued to 1 graduate; 1 had one already/);
  await page.reload();
  await expect(page.getByText("there is nothing to issue")).toBeVisible();

  const { id, code } = await oneRow<{ id: number; code: string }>(
    (sql) => sql`select id, verify_code as code from certificate where name = ${name} and verify_code is not null`,
  );
  expect(code).toMatch(/^[2-9A-Z]{24}$/);

  const visitor = await browser.newPage();
  await visitor.goto(`/verify/${code.toLowerCase()}`);
  await expect(visitor.getByRole("heading", { level: 1 })).toHaveText(`${school.mark} Ana`);
  await expect(visitor.locator("[data-state]")).toHaveText("Valid");
  await expect(visitor.getByText(name)).toBeVisible();
  await expect(visitor.locator("meta[name=robots]")).toHaveAttribute("content", /noindex/);
  const { email } = await oneRow<{ email: string }>(
    (sql) => sql`
      select u.email from "user" u join student st on st.user_id = u.id where st.id = ${school.students[0] ?? 0}`,
  );
  for (const secret of [email, school.batch]) expect(await visitor.content()).not.toContain(secret);

  await open(page, `/admin/certificates?open=${id}`);
  await panel(page, name).getByRole("button", { name: "Revoke" }).click();
  await dialog(page).getByRole("button", { name: "Revoke the certificate" }).click();
  await expect(dialog(page).getByLabel("Reason")).toHaveAccessibleDescription(/Please say why/);
  await dialog(page).getByLabel("Reason").fill("Copied the final project");
  await dialog(page).getByRole("button", { name: "Revoke the certificate" }).click();
  await expect(panel(page, name)).toContainText("Copied the final project");
  await expect(panel(page, name).getByRole("button", { name: /Edit|Revoke|Delete/ })).toHaveCount(0);
  await visitor.reload();
  await expect(visitor.locator("[data-state]")).toHaveText("Revoked");
  expect(await visitor.content()).not.toContain("Copied the final project");
  await visitor.close();
});

test.describe("a code that nobody has", () => {
  test.use({ expectedFaults: [/status of 404/] });

  test("is answered with 404 and says so", async ({ page }) => {
    for (const code of ["ABCDEFGHJKLMNPQRSTUVWXYZ", "x", "%00", "a".repeat(500)]) {
      const answer = await page.goto(`/verify/${code}`);
      expect([404, 400], code).toContain(answer?.status());
    }
    const answer = await page.goto("/verify/ABCDEFGHJKLMNPQRSTUVWXYZ");
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("No such certificate");
  });
});

test("printed, a certificate is one light page of landscape A4 without buttons", async ({ page }) => {
  const { code } = await issued(await newClass(["María de los Ángeles Fernández-Villaverde"], "graduated"));
  await page.emulateMedia({ colorScheme: "dark" });
  await goTo(page, `/verify/${code}`);
  const sheet = page.locator("[data-sheet]");
  const background = () => sheet.evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(await background()).toMatch(/^(oklch\(1 0 0\)|lab\(100 [-\d.e]+ [-\d.e]+\)|rgb\(255, 255, 255\))$/);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
  const boxes = [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/g)].map(([, width, height]) => [
    Math.round(Number(width)),
    Math.round(Number(height)),
  ]);
  expect(boxes).toEqual([[842, 595]]);
});

test("an admin records one without expiry, corrects it and deletes it", async ({ context, page }) => {
  const school = await newClass(["Ana"]);
  await signInAs(context, "admin@cohort.test");
  await open(page, "/admin/certificates/new");
  await page.getByLabel("Whose is it?").fill(school.mark);
  await page.getByRole("button", { name: "Find the student" }).click();
  await page.getByRole("link", { name: `${school.mark} Ana` }).click();
  await alive(page);
  await page.getByLabel("Certificate", { exact: true }).fill("AWS Cloud Practitioner");
  await page.getByLabel("Issuer").fill("Amazon Web Services");
  await page.getByLabel("Issued on").fill("2026-03-01");
  await page.getByLabel("Expires on").fill("2026-02-01");
  await page.getByRole("button", { name: "Record the certificate" }).click();
  await expect(page.getByLabel("Expires on")).toHaveAccessibleDescription("It would expire before it was issued.");
  await page.getByLabel("Expires on").fill("");
  await page.getByRole("button", { name: "Record the certificate" }).click();
  await expect(page).toHaveURL(/\/admin\/certificates\?open=\d+$/);
  await expect(panel(page, "AWS Cloud Practitioner")).toContainText("never");

  await alive(page);
  await panel(page, "AWS Cloud Practitioner").getByRole("button", { name: "Edit" }).click();
  await dialog(page).getByLabel("Certificate", { exact: true }).fill("AWS Developer");
  await dialog(page).getByLabel("Expires on").fill("2026-04-01");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await expect(panel(page, "AWS Developer")).toContainText("expired");

  await panel(page, "AWS Developer").getByRole("button", { name: "Delete" }).click();
  await dialog(page).getByRole("button", { name: "Delete the record" }).click();
  await expect(page).toHaveURL("/admin/certificates");
  await open(page, `/admin/certificates?q=${school.mark}`);
  await expect(page.getByText("No certificate matches these filters")).toBeVisible();
});

test("filters and search narrow the list with exact totals, and Back undoes a filter", async ({ context, page }) => {
  const school = await newClass(["Ana", "Ben"]);
  await record(school.students[0], `Lasting ${school.mark}`);
  await record(school.students[0], `Over ${school.mark}`, "2025-06-01");
  await record(school.students[1], `Other ${school.mark}`);
  await signInAs(context, "admin@cohort.test");
  await open(page, `/admin/certificates?batch=${school.batchId}`);
  await expect(rows(page)).toHaveCount(4);
  await expect(page.getByRole("button", { name: `Batch: ${school.batch}` })).toBeVisible();
  await page.getByRole("button", { name: "State", exact: true }).click();
  await page.getByRole("button", { name: /^expired/ }).click();
  await expect(page).toHaveURL(/state=expired/);
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).nth(1)).toContainText(`Over ${school.mark}`);
  await page.goBack();
  await expect(rows(page)).toHaveCount(4);
  await page.getByRole("searchbox", { name: "Search student or certificate" }).fill(`${school.mark} ben`);
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).nth(1)).toContainText(`Other ${school.mark}`);
  const file = await context.request.get(`/api/lists/certificates/export?q=${school.mark}&columns=student,name,state`);
  expect((await file.text()).trim().split("\r\n")).toHaveLength(4);
  const days = await context.request.get("/api/lists/certificates/counts/from");
  expect(await days.json()).toEqual({ options: [] });
});

test("an instructor works on certificates of their own students and only looks at others", async ({
  context,
  page,
}) => {
  const [school, theirs] = [await newClass(["Ana"], "graduated"), await newClass(["Ben"], "graduated")];
  const [own, other] = [
    await record(school.students[0], `Own ${school.mark}`),
    await record(theirs.students[0], `Theirs ${theirs.mark}`),
  ];
  await signInAs(context, school.teacher);
  await open(page, `/admin/certificates?open=${own.id}`);
  await expect(panel(page, `Own ${school.mark}`).getByRole("button", { name: "Delete" })).toBeVisible();
  await open(page, `/admin/certificates?open=${other.id}`);
  await expect(panel(page, `Theirs ${theirs.mark}`)).toContainText("Only admins and the batch’s own instructors");
  await expect(panel(page, `Theirs ${theirs.mark}`).getByRole("button", { name: /Edit|Delete/ })).toHaveCount(0);
  await open(page, `/admin/certificates/new?q=${theirs.mark}`);
  await expect(page.getByText("Nobody found")).toBeVisible();
  await open(page, `/admin/certificates/new?student=${theirs.students[0]}`);
  await expect(page.getByRole("button", { name: "Record the certificate" })).toHaveCount(0);
  await open(page, "/admin/certificates/issue");
  expect(await page.getByLabel("Batch").getByRole("option").allInnerTexts()).toEqual([
    "Choose a batch",
    `${school.batch} (1 graduated)`,
  ]);
});

test(`axe finds nothing on the pages of certificates`, async ({ context, page }) => {
  test.setTimeout(180_000);
  const school = await newClass(["Ana"], "graduated");
  const { id, code } = await issued(school, "2026-02-01");
  await open(page, `/verify/${code}`);
  await expect(page.locator("[data-state]")).toHaveText("Expired");
  await expectAccessible(page);
  await signInAs(context, "admin@cohort.test");
  const preview = `batchId=${school.batchId}&name=Other&dateIssued=2026-01-10`;
  for (const path of [
    "/admin/certificates",
    `/admin/certificates?open=${id}`,
    `/admin/certificates/new?student=${school.students[0]}`,
    `/admin/certificates/new?q=${school.mark}`,
    `/admin/certificates/issue?${preview}`,
  ]) {
    await open(page, path);
    await expectAccessible(page);
  }
  await open(page, `/admin/certificates?open=${id}`);
  for (const name of ["Edit", "Revoke"]) {
    await panel(page, `Full-Stack ${school.mark}`).getByRole("button", { name }).click();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
  }
});
