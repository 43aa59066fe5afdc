import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { OUTPUT_FILE } from "@/scripts/test/demo-server";
import { goTo } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { JOURNEY_PASSWORD, newEmail, oneRow, setting, withDatabase } from "./fixtures/database";
import { linkInMail, sentNotice } from "./fixtures/mail";
import { newBatch } from "./fixtures/students";
import { expect, signInAs, test } from "./fixtures/test";

const ADMIN = "admin@cohort.test";

async function adminDesk(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  await signInAs(context, ADMIN);
  return context.newPage();
}

const idOf = async (email: string) =>
  (await oneRow<{ id: number }>((sql) => sql`select id from "user" where email = ${email}`)).id;

/** Invites by the form, and returns the link of the mail that went out. */
async function invite(admin: Page, { name, email, role }: { name: string; email: string; role: string }) {
  const batch = role === "student" ? await newBatch() : null;
  await goTo(admin, "/admin/import");
  const form = admin.locator("form").filter({ hasText: "Invite by mail" });
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("E-mail").fill(email);
  await form.getByLabel("Role").selectOption(role);
  if (batch) await form.getByLabel("Batch").selectOption(String(batch.id));
  await form.getByRole("button", { name: "Invite by mail" }).click();
  await expect(admin.getByText(`The invitation to ${email} is on its way.`)).toBeVisible();
  const userId = await idOf(email);
  return { userId, batch, link: await linkInMail(admin, await sentNotice("invitation", userId)) };
}

const tokenOf = (link: string) => new URL(link).searchParams.get("token") ?? "";

/** What the servers printed and what the database holds, as one text. */
async function records(): Promise<string> {
  const home = setting("E2E_HOME");
  const folder = join(home, "logs");
  const files = readdirSync(folder).map((name) => join(folder, name));
  const logs = [join(home, OUTPUT_FILE), ...files].map((path) => readFileSync(path, "utf8"));
  const stored = await withDatabase(
    ({ sql }) => sql<{ row: string }[]>`
      select t::text as row from outbox t union all select t::text from user_token t
      union all select t::text from audit_event t union all select t::text from pgboss.job t`,
  );
  return [...logs, ...stored.map(({ row }) => row)].join("\n");
}

test("somebody invited follows the mail, chooses a password and is in the portal; the link is then over", async ({
  browser,
  page,
  request,
}) => {
  const email = newEmail();
  const admin = await adminDesk(browser);
  const { userId, batch, link } = await invite(admin, { name: "Ivy Quill", email, role: "student" });
  const bodies: Promise<string>[] = [];
  page.on("response", (response) => {
    if (!response.url().includes("/_next/static/")) bodies.push(response.text().catch(() => ""));
  });

  // A mail scanner opens the link first; that takes nothing up.
  expect((await request.get(link)).status()).toBe(200);
  await page.goto(link);
  await expect(page).toHaveURL("/invite");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Welcome to /);
  await expect(page.getByText(`You are invited to ${batch?.name}.`)).toBeVisible();
  await expect(page.getByText("Ivy Quill")).toBeVisible();
  await expect(page.getByText(email)).toBeVisible();
  await page.getByLabel("Choose a password").fill("weak");
  await page.getByRole("button", { name: "Accept and sign in" }).click();
  await expect(page.getByLabel("Choose a password")).toHaveAccessibleDescription(/The password needs/);
  await page.getByLabel("Choose a password").fill(JOURNEY_PASSWORD);
  await page.getByRole("button", { name: "Accept and sign in" }).click();
  await expect(page).toHaveURL(/\/portal/);

  const stands = await oneRow<{ status: string; verified: boolean }>(
    (sql) => sql`
      select en.status, u.email_verified_at is not null as verified
      from "user" u join student st on st.user_id = u.id join enrolment en on en.student_id = st.id
      where u.id = ${userId}`,
  );
  expect(stands).toEqual({ status: "active", verified: true });
  await page.context().clearCookies();
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You have accepted already");
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(JOURNEY_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/portal/);
  await page.goto("/account");

  // Where the link itself was opened its secret is in the page, for the form; nowhere else.
  const token = tokenOf(link);
  expect(token.length).toBeGreaterThan(30);
  const found = await records();
  expect(found).toContain("user.accept-invitation");
  expect(found).not.toContain(token);
  const portal = (await Promise.all(bodies)).filter((body) => body.includes(email) && body.includes("Change password"));
  expect(portal.length).toBeGreaterThan(0);
  for (const body of portal) expect(body).not.toContain(token);
  await admin.close();
});

test("an invitation sent again replaces the earlier one, and teaching needs no batch", async ({ browser, page }) => {
  const email = newEmail();
  const admin = await adminDesk(browser);
  const { userId, link: first } = await invite(admin, { name: "Uma Teach", email, role: "instructor" });
  await goTo(admin, "/admin/import");
  const waiting = admin.getByRole("listitem").filter({ hasText: email });
  await expect(waiting).toContainText("instructor");
  await waiting.getByRole("button", { name: "Send again to Uma Teach" }).click();
  await expect(waiting).toContainText("Sent again");
  const second = await linkInMail(admin, await sentNotice("invitation", userId));
  expect(second).not.toBe(first);

  await page.goto(first);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This invitation no longer works");
  await expect(page.getByText(/ask .* to send the invitation again/)).toBeVisible();
  await page.goto(second);
  await page.getByLabel("Choose a password").fill(JOURNEY_PASSWORD);
  await page.getByRole("button", { name: "Accept and sign in" }).click();
  await expect(page).toHaveURL(/\/admin/);
  await admin.goto("/admin/import");
  await expect(admin.getByRole("heading", { name: "Invited, not accepted yet" })).toBeVisible();
  await expect(admin.getByRole("listitem").filter({ hasText: email })).toHaveCount(0);

  const form = admin.locator("form").filter({ hasText: "Invite by mail" });
  await form.getByLabel("Name").fill("Uma again");
  await form.getByLabel("E-mail").fill(email);
  await form.getByRole("button", { name: "Invite by mail" }).click();
  await expect(form.getByLabel("E-mail")).toHaveAccessibleDescription(/account with this e-mail address already/);
  await admin.close();
});

test("an expired invitation and one that never was say how to get another", async ({ browser, page }) => {
  const email = newEmail();
  const admin = await adminDesk(browser);
  const { userId, link } = await invite(admin, { name: "Late Lou", email, role: "student" });
  await page.goto(link);
  await withDatabase(({ sql }) => sql`update user_token set expires_at = now() where user_id = ${userId}`);
  // The page was open while the link expired.
  await page.getByLabel("Choose a password").fill(JOURNEY_PASSWORD);
  await page.getByRole("button", { name: "Accept and sign in" }).click();
  await expect(page.getByText("Please ask your academy for a new one.")).toBeVisible();
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This invitation no longer works");
  for (const path of ["/invite", `/invite?token=${randomUUID()}`, "/invite?token=a&token=b"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("This is no invitation");
    await expect(page.getByText("ask your academy to send the invitation again")).toBeVisible();
  }
  await admin.goto("/admin/import");
  await expect(admin.getByRole("listitem").filter({ hasText: email })).toContainText("expired");
  await admin.close();
});

test(`axe finds nothing on an invitation`, async ({ browser, page }) => {
  const admin = await adminDesk(browser);
  const { link } = await invite(admin, { name: "Axel", email: newEmail(), role: "student" });
  await admin.close();
  for (const path of [link, "/invite?token=none"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
  }
});
