import type { Page } from "@playwright/test";
import { expectAccessible } from "./fixtures/axe";
import { JOURNEY_PASSWORD, newEmail, newPerson, oneRow } from "./fixtures/database";
import { linkInMail, sentNotice } from "./fixtures/mail";
import { expect, sessionCookieOf, signInAs, test } from "./fixtures/test";

const NEW_PASSWORD = "Green-lantern-9";
const ADMIN = "admin@cohort.test";

const idOf = async (email: string) =>
  (await oneRow<{ id: number }>((sql) => sql`select id from "user" where email = ${email}`)).id;

async function askForReset(page: Page, email: string): Promise<void> {
  await page.goto("/login");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(page).toHaveURL("/forgot-password");
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look into your mailbox");
}

test("a forgotten password: mail, link, new password; the old session and the link's second use are over", async ({
  browser,
  context,
  page,
  request,
}) => {
  const { id, email } = await newPerson("instructor");
  await signInAs(context, email);
  await page.goto("/admin");
  await expect(page).toHaveURL("/admin");
  const oldCookie = await sessionCookieOf(context);
  await context.clearCookies();
  await askForReset(page, email.toUpperCase());

  const desk = await browser.newContext();
  await signInAs(desk, ADMIN);
  const admin = await desk.newPage();
  const noticeId = await sentNotice("password-reset", id);
  await admin.goto("/admin/mail");
  await expect(admin.getByText("Mail is written to files, because SMTP_URL is not set")).toBeVisible();
  const row = admin.getByRole("row").filter({ hasText: email }).first();
  await expect(row).toContainText("sent");
  await row.getByRole("link", { name: "New password" }).click();
  await expect(admin).toHaveURL(`/admin/mail/${noticeId}`);
  const frame = admin.frameLocator('iframe[title="The mail as HTML"]');
  await expect(frame.getByRole("link", { name: "Choose a new password" })).toBeVisible();
  const link = await linkInMail(admin, noticeId);
  const opened = await oneRow<{ n: number }>(
    (sql) => sql`select count(*)::int as n from audit_event where action = 'mail.read' and subject_id = ${noticeId}`,
  );
  expect(opened.n).toBe(2);
  await desk.close();

  // A mail scanner opens the link first; that spends nothing.
  expect((await request.get(link)).status()).toBe(200);
  await page.goto(link);
  await expect(page).toHaveURL("/reset-password");
  await page.getByLabel("New password").fill("weak");
  await page.getByRole("button", { name: "Set the new password" }).click();
  await expect(page.getByLabel("New password")).toHaveAccessibleDescription(/The password needs/);
  await page.getByLabel("New password").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Set the new password" }).click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();

  expect((await request.get("/api/users/me", { headers: { Cookie: oldCookie } })).status()).toBe(401);
  const old = await request.post("/api/login", { data: { email, password: JOURNEY_PASSWORD } });
  expect(old.status()).toBe(401);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/admin/today");
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link no longer works");
});

test("an address that nobody has is answered the same, and no mail is written", async ({ page }) => {
  const email = newEmail();
  await askForReset(page, email);
  await expect(page.getByText("If there is an account with this address")).toBeVisible();
  const written = await oneRow<{ n: number }>(
    (sql) => sql`select count(*)::int as n from user_token where email = ${email}`,
  );
  expect(written.n).toBe(0);
});

test("a sign-up confirms its address, then changes it", async ({ browser, page }) => {
  const email = newEmail();
  await page.goto("/signup");
  await page.getByLabel("Name").fill("Zoe Quill");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(JOURNEY_PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL("/welcome");
  await page.goto("/account");
  await expect(page.getByText("not confirmed yet")).toBeVisible();
  const id = await idOf(email);

  const desk = await browser.newContext();
  await signInAs(desk, ADMIN);
  const admin = await desk.newPage();
  await page.goto(await linkInMail(admin, await sentNotice("email-verification", id)));
  await expect(page).toHaveURL("/verify-email");
  await page.getByRole("button", { name: "Yes, this is my address" }).click();
  await expect(page.getByText("Your e-mail address is confirmed.")).toBeVisible();
  await page.getByRole("link", { name: "Go to your account" }).click();
  await expect(page.getByText("confirmed", { exact: true })).toBeVisible();

  const next = newEmail();
  const form = page.locator("form").filter({ hasText: "New e-mail" });
  await form.getByLabel("New e-mail").fill(next.toUpperCase());
  await form.getByLabel("Current password").fill("not-the-password-1");
  await form.getByRole("button", { name: "Change e-mail address" }).click();
  await expect(form.getByLabel("Current password")).toHaveAccessibleDescription("This is not your current password.");
  await form.getByLabel("Current password").fill(JOURNEY_PASSWORD);
  await form.getByRole("button", { name: "Change e-mail address" }).click();
  await expect(page.getByText("A mail is on its way to the new address.")).toBeVisible();
  await expect(page.getByText(next)).toBeVisible();

  await sentNotice("email-change-warning", id);
  await page.goto(await linkInMail(admin, await sentNotice("email-verification", id)));
  await page.getByRole("button", { name: "Yes, this is my address" }).click();
  await expect(page.getByText("Your e-mail address is confirmed.")).toBeVisible();
  expect(await idOf(next)).toBe(id);
  await desk.close();
});

test("one's own new password keeps this session and ends the others", async ({ browser, context, page, request }) => {
  const { email } = await newPerson("student");
  const elsewhere = await browser.newContext();
  await signInAs(elsewhere, email);
  const cookie = await sessionCookieOf(elsewhere);
  await signInAs(context, email);
  await page.goto("/account");
  const form = page.locator("form").filter({ hasText: "New password" });
  await form.getByLabel("Current password").fill(JOURNEY_PASSWORD);
  await form.getByLabel("New password").fill(NEW_PASSWORD);
  await form.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password is changed, and you are signed out everywhere else.")).toBeVisible();
  expect((await request.get("/api/users/me", { headers: { Cookie: cookie } })).status()).toBe(401);
  await elsewhere.close();
});

test("mail is for admins: an instructor is refused, and nobody opens what is not there", async ({ context }) => {
  await signInAs(context, (await newPerson("instructor")).email);
  for (const path of ["/admin/mail", "/admin/mail/1"]) {
    expect((await context.request.get(path)).status(), path).toBe(403);
  }
  await context.clearCookies();
  await signInAs(context, ADMIN);
  for (const id of ["0", "99999999999", "x", "2147483647"]) {
    expect((await context.request.get(`/admin/mail/${id}`)).status(), id).toBe(404);
  }
});

test.describe("accessibility", () => {
  // The browser says so when the test's own tools look into the sandboxed mail: nothing can run in it.
  test.use({ expectedFaults: ["Blocked script execution in 'about:srcdoc'"] });

  test("axe finds nothing on the pages about mail and accounts", async ({ context, page }) => {
    test.slow();
    const { id, email } = await newPerson("user");
    await askForReset(page, email);
    const noticeId = await sentNotice("password-reset", id);
    await signInAs(context, ADMIN);
    const link = await linkInMail(page, noticeId);
    const paths = [
      "/admin/mail",
      `/admin/mail/${noticeId}`,
      "/account",
      "/account?done=link",
      "/forgot-password",
      link,
    ];
    // On a phone: the desk's frame is looked at in accessibility.spec.ts.
    for (const path of [...paths, "/forgot-password?asked=1", "/verify-email", "/verify-email?confirmed=1"]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      // Nothing runs in the sandboxed mail, axe neither.
      await expectAccessible(page, { widths: [390], exclude: "iframe" });
    }
  });
});
