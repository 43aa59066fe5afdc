import type { Page } from "@playwright/test";
import { JOURNEY_PASSWORD, newEmail, newPerson } from "./fixtures/database";
import { expect, signInAs, signIns, test } from "./fixtures/test";

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

const REFUSED = "E-mail address or password is wrong.";

test("a wrong password says one sentence and keeps the e-mail; the right one opens the dashboard", async ({ page }) => {
  const email = "admin@cohort.test";
  await signIn(page, email, "not-the-password-1");
  await expect(page.getByText(REFUSED)).toBeFocused();
  await expect(page.getByLabel("E-mail")).toHaveValue(email);

  await page.getByLabel("Password").fill(signIns()[email] ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/admin");
  await expect(page.locator("[data-total]")).toHaveCount(8);
});

test("an unknown e-mail is told the same as a wrong password", async ({ page, request }) => {
  await signIn(page, newEmail(), "not-the-password-1");
  await expect(page.getByText(REFUSED)).toBeVisible();
  const answer = await request.post("/api/login", { data: { email: newEmail(), password: "not-the-password-1" } });
  expect(answer.status()).toBe(401);
  expect(await answer.json()).toMatchObject({ success: false, message: REFUSED, error: { code: "unauthenticated" } });
});

test("signing in leads back to the page that asked for it, never to another site", async ({ page }) => {
  const { email } = await newPerson("instructor");
  await page.goto("/admin/users?role=student");
  await expect(page).toHaveURL(/\/login\?next=/);
  await page.getByLabel("E-mail").fill(email.toUpperCase());
  await page.getByLabel("Password").fill(JOURNEY_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/admin/users?role=student");

  await page.goto("/login?next=//example.com/");
  await expect(page).toHaveURL("/admin/today");
});

test("old defect 2: an instructor lands on their own day and stays there, no loop", async ({ page }) => {
  const visited: string[] = [];
  page.on("framenavigated", (frame) => visited.push(new URL(frame.url()).pathname));
  await signIn(page, "instructor@cohort.test", signIns()["instructor@cohort.test"] ?? "");
  await expect(page).toHaveURL("/admin/today");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  // A page may note itself in the history again; what counts is the order of different pages.
  expect(visited.filter((path, index) => path !== visited[index - 1])).toEqual(["/login", "/admin/today"]);

  const again = await page.goto("/admin/today");
  expect(again?.status()).toBe(200);
  expect(again?.request().redirectedFrom()).toBeNull();
});

const LANDINGS = [
  { role: "admin", landing: "/admin", others: ["/portal", "/welcome", "/login", "/"] },
  { role: "instructor", landing: "/admin/today", others: ["/portal", "/welcome", "/login", "/"] },
  { role: "student", landing: "/portal", others: ["/admin", "/admin/users", "/welcome", "/login", "/"] },
  { role: "user", landing: "/welcome", others: ["/admin", "/portal", "/login", "/"] },
] as const;

for (const { role, landing, others } of LANDINGS) {
  test(`old defect 2: role ${role} starts at ${landing} and ends there from everybody else's page`, async ({
    context,
    page,
  }) => {
    const { email } = await newPerson(role);
    await signInAs(context, email);
    for (const path of others) {
      const answer = await page.goto(path);
      expect(answer?.status(), path).toBe(200);
      await expect(page, path).toHaveURL(landing);
    }
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  });
}
