import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { BrowserContext, Page } from "@playwright/test";
import { goTo } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { newPerson, oneRow, withDatabase } from "./fixtures/database";
import { newBatch } from "./fixtures/students";
import { expect, signInAs, test } from "./fixtures/test";

const ADMIN = "admin@cohort.test";

const enrolmentsIn = (batchId: number) =>
  withDatabase(
    ({ sql }) => sql<{ name: string; email: string; role: string; status: string; password: boolean }[]>`
      select u.name, u.email, u.role, en.status, u.password_hash is not null as password
      from enrolment en join student st on st.id = en.student_id join "user" u on u.id = st.user_id
      where en.batch_id = ${batchId} order by u.email`,
  );

const invitationsTo = async (emails: string[]) =>
  (
    await oneRow<{ n: number }>(
      (sql) => sql`
        select count(*)::int as n from outbox o join "user" u on u.id = o.user_id
        where o.kind = 'invitation' and u.email = any(${emails})`,
    )
  ).n;

async function open(context: BrowserContext, page: Page): Promise<void> {
  await signInAs(context, ADMIN);
  await goTo(page, "/admin/import");
  // The page is not in the navigation itself: it belongs to the section of users.
  await expect(page.locator('a[aria-current="page"]')).toHaveText("Users");
}

const choose = (page: Page, content: Buffer, name = "roster.csv") =>
  page.getByLabel("File").setInputFiles({ name, mimeType: "text/csv", buffer: content });

const verdict = (page: Page, name: string) =>
  page.getByRole("group", { name: "Verdict" }).getByRole("button", { name });
const rows = (page: Page) => page.getByRole("table", { name: "Verdicts" }).getByRole("row");

test("an admin uploads a file: reading, verdicts, errors to take home, import with invitations, and once more", async ({
  context,
  page,
}) => {
  const batch = await newBatch();
  const known = await newPerson("student");
  const tag = randomUUID().slice(0, 8);
  const address = (name: string) => `${name}-${tag}@example.test`;
  const lines = [
    "Full name;E-Mail;Cohort;Mobile;Status",
    `"Zoë\nO\x92Müller";${address("zoe").toUpperCase()};${batch.name.toUpperCase()};+351 1;active`,
    `Ada Byron;${address("ada")};${batch.name};;`,
    `Ada again;${address("ADA")};${batch.name};;`,
    `=SUM(A1);${address("bob")};${batch.name};;`,
    `Eve;${address("eve")};No such batch;;`,
    `Zoe Quill;${known.email};${batch.name};+351 2;`,
  ];
  const file = Buffer.from(lines.join("\n"), "latin1");
  await open(context, page);
  await choose(page, file);
  await expect(page.getByRole("heading", { name: "What would happen" })).toBeVisible();
  await expect(page.getByLabel("Encoding")).toHaveValue("windows-1252");
  await expect(page.getByLabel("Cells are parted by")).toHaveValue(";");
  await expect(page.getByLabel("The first rows").getByRole("cell", { name: "Zoë O’Müller" })).toBeVisible();
  await expect(page.getByLabel("Phone", { exact: true })).toHaveValue("3");
  for (const [name, count] of Object.entries({ All: 6, New: 2, Changed: 1, Same: 0, Errors: 3 })) {
    await expect(verdict(page, name)).toHaveText(`${name} ${count}`);
  }
  await expect(rows(page).filter({ hasText: known.email })).toContainText("Phone +351 2");
  await expect(page.getByText("people who are not in the list stay as they are")).toBeVisible();

  await verdict(page, "Errors").click();
  await expect(rows(page)).toHaveCount(4);
  await expect(rows(page).filter({ hasText: "Ada again" })).toContainText("stands in row 3 already");
  await expect(rows(page).filter({ hasText: "SUM" })).toContainText("begins like a formula");
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the rows with errors" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("roster-errors.csv");
  const list = await readFile(await download.path(), "utf8");
  expect(list).toContain("Row,Reason,Full name,E-Mail,Cohort,Mobile,Status");
  expect(list).toContain(`'=SUM(A1),${address("bob")}`);
  expect(list.trim().split("\r\n")).toHaveLength(4);
  expect(await enrolmentsIn(batch.id)).toEqual([]);

  await page.getByLabel("Invite by mail the 2 people who have not accepted yet").check();
  await page.getByRole("button", { name: "Import 2 new and 1 changed" }).click();
  await expect(page.getByText("The import is done.")).toBeVisible();
  await expect(page.getByRole("definition")).toHaveText(["2", "1", "0", "3", "2"]);
  const after = [
    { name: "Ada Byron", email: address("ada"), role: "student", status: "invited", password: false },
    { name: "Zoe Quill", email: known.email, role: "student", status: "active", password: true },
    { name: "Zoë O’Müller", email: address("zoe"), role: "student", status: "invited", password: false },
  ].sort((a, b) => (a.email < b.email ? -1 : 1));
  expect([...(await enrolmentsIn(batch.id))].sort((a, b) => (a.email < b.email ? -1 : 1))).toEqual(after);
  expect(await invitationsTo([address("ada"), address("zoe"), known.email])).toBe(2);
  await expect(page.getByRole("listitem").filter({ hasText: address("zoe") })).toContainText(batch.name);

  await page.getByRole("button", { name: "Import another list" }).click();
  await choose(page, file);
  await expect(verdict(page, "Same")).toHaveText("Same 3");
  await expect(verdict(page, "Errors")).toHaveText("Errors 3");
  await expect(page.getByRole("button", { name: "Nothing to import" })).toBeDisabled();
});

test("an admin pastes a list, says which column is which, and is told when something changed meanwhile", async ({
  context,
  page,
}) => {
  const batch = await newBatch();
  const known = await newPerson("user");
  const email = `pasted-${randomUUID().slice(0, 8)}@example.test`;
  await open(context, page);
  await page
    .getByLabel("Or paste it")
    .fill(`Who\tWhere to write\tRemarks\nPia Paste\t${email}\tnone\nZoe Quill\t${known.email}\t`);
  await page.getByRole("button", { name: "Check the pasted list" }).click();
  await expect(page.getByText("Still needed: E-mail, Name (or first and last name)")).toBeVisible();
  await expect(page.getByRole("heading", { name: "What would happen" })).toBeHidden();
  const mapped = page.getByRole("group", { name: "How to read the file" });
  await mapped.getByLabel("E-mail").selectOption("Where to write");
  await expect(page.getByText("Still needed: Name (or first and last name)")).toBeVisible();
  await mapped.getByLabel("Name", { exact: true }).selectOption("Who");
  await expect(verdict(page, "Errors")).toHaveText("Errors 2");
  await expect(rows(page).filter({ hasText: email })).toContainText("There is no batch");
  await page.getByLabel("Batch of new people").selectOption(batch.name);
  await expect(verdict(page, "New")).toHaveText("New 1");
  await expect(verdict(page, "Changed")).toHaveText("Changed 1");
  await expect(rows(page).filter({ hasText: known.email })).toContainText("Role user → student");

  await withDatabase(({ sql }) => sql`update "user" set name = 'Zoe Q.' where id = ${known.id}`);
  await page.getByRole("button", { name: "Import 1 new and 1 changed" }).click();
  await expect(page.getByText("Nothing was imported: something has changed since the check.")).toBeVisible();
  await expect(rows(page).filter({ hasText: known.email })).toContainText("Name Zoe Q. → Zoe Quill");
  expect(await enrolmentsIn(batch.id)).toEqual([]);
  await page.getByRole("button", { name: "Import 1 new and 1 changed" }).click();
  await expect(page.getByText("The import is done.")).toBeVisible();
  const statuses = (await enrolmentsIn(batch.id)).map(({ name, status }) => `${name}: ${status}`);
  expect(statuses.sort()).toEqual(["Pia Paste: invited", "Zoe Quill: active"]);
  expect(await invitationsTo([email])).toBe(0);

  // Who was not invited then can be by the same list.
  await page.getByRole("button", { name: "Import another list" }).click();
  await page.getByLabel("Or paste it").fill(`Name\tE-mail\nPia Paste\t${email}\nZoe Quill\t${known.email}`);
  await page.getByRole("button", { name: "Check the pasted list" }).click();
  await expect(verdict(page, "Same")).toHaveText("Same 2");
  await expect(page.getByRole("button", { name: "Nothing to import" })).toBeDisabled();
  await page.getByLabel("Invite by mail the 1 person who has not accepted yet").check();
  await page.getByRole("button", { name: "Invite 1 person" }).click();
  await expect(page.getByText("The import is done.")).toBeVisible();
  expect(await invitationsTo([email, known.email])).toBe(1);
});

test.describe("refused files", () => {
  // The browser notes every answer of refusal.
  test.use({ expectedFaults: ["status of 422"] });

  test("what cannot be read is told, and nothing too large is taken", async ({ context, page }) => {
    await open(context, page);
    await choose(page, Buffer.from('name,email\n"Ada,a@x.test\n'));
    await expect(page.getByText("A quotation mark is opened and never closed")).toBeVisible();
    await choose(page, Buffer.alloc(2 * 1024 * 1024 + 1, "a"));
    await expect(page.getByText("This is larger than 2 MB.")).toBeVisible();
    const upload = (size: number) =>
      page.request.post("/api/roster/check", {
        multipart: {
          options: JSON.stringify({ batchId: null, label: "x" }),
          file: { name: "x.csv", mimeType: "text/csv", buffer: Buffer.alloc(size, "a") },
        },
      });
    for (const size of [2 * 1024 * 1024 + 1, 6 * 1024 * 1024]) {
      const answer = await upload(size);
      expect(answer.status()).toBe(422);
      expect((await answer.json()).message).toContain("larger than 2 MB");
    }
    const nonsense = await page.request.post("/api/roster/check", { data: { batchId: "x" } });
    expect(nonsense.status()).toBe(422);
  });
});

test("only admins import: others are led away and refused, also when they ask the server directly", async ({
  context,
  page,
}) => {
  const multipart = {
    options: JSON.stringify({ batchId: null, label: "x", digest: "x" }),
    file: { name: "x.csv", mimeType: "text/csv", buffer: Buffer.from("name,email\nAda,refused@example.test") },
  };
  for (const role of ["instructor", "student"] as const) {
    await context.clearCookies();
    await signInAs(context, (await newPerson(role)).email);
    // Staff are told that the page is not theirs, others are led to where their own role starts.
    const answer = await page.request.get("/admin/import", { maxRedirects: 0 });
    expect(answer.status()).toBe(role === "instructor" ? 403 : 307);
    for (const path of ["/api/roster/check", "/api/roster/apply"]) {
      expect((await page.request.post(path, { multipart })).status(), `${path} as ${role}`).toBe(403);
    }
  }
  await context.clearCookies();
  expect((await page.request.post("/api/roster/apply", { multipart })).status()).toBe(401);
  await signInAs(context, ADMIN);
  const foreign = { Origin: "https://elsewhere.example", "Sec-Fetch-Site": "cross-site" };
  expect((await page.request.post("/api/roster/apply", { multipart, headers: foreign })).status()).toBe(403);
});

test(`axe finds nothing on the import page, wide and narrow`, async ({ context, page }) => {
  test.slow();
  await open(context, page);
  await expectAccessible(page);
  await choose(page, Buffer.from("who,mail\nAda,ada@example.test"));
  await expect(page.getByText("Still needed: Name")).toBeVisible();
  await expectAccessible(page);
  const long = `${"Maximiliane-".repeat(7)}Byron`;
  await choose(page, Buffer.from(`name,email,batch\n${long},${"x".repeat(60)}@example.test,Nowhere\nBob,bob,\n`));
  await expect(rows(page)).toHaveCount(3);
  await expectAccessible(page);
});
