import { withSyncIds } from "./fixtures/sync-ids";
import { expect, signInAs, test } from "./fixtures/test";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

const SYNC_PAGES = ["/admin/sync", "/admin/sync/{run}", "/admin/sync/students", "/admin/sync/students/{student}"];

for (const path of ["/login", "/signup/student", "/forgot-password", "/reset-password", "/verify-email"]) {
  test(`${path} fits a phone without sideways scrolling`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
}

const SIGNED_IN: [email: string, paths: string[]][] = [
  ["admin@cohort.test", ["/admin", "/admin/users", "/admin/demo-sessions", "/admin/mail", ...SYNC_PAGES]],
  ["student@cohort.test", ["/portal", "/portal/wakatime", "/portal/profile"]],
];

for (const [email, path] of SIGNED_IN.flatMap(([who, paths]) => paths.map((each) => [who, each] as const))) {
  test(`${path} fits a phone without sideways scrolling`, async ({ context, page }) => {
    await signInAs(context, email);
    await page.goto(await withSyncIds(path));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const widths = await page.evaluate(() => ({
      page: document.documentElement.scrollWidth,
      // A part that scrolls by itself hides the same fault.
      parts: [...document.querySelectorAll("main .overflow-x-auto")].map((part) => part.scrollWidth - part.clientWidth),
    }));
    expect(widths.page).toBeLessThanOrEqual(390);
    expect(Math.max(0, ...widths.parts)).toBeLessThanOrEqual(1);
  });
}

test("the navigation is a drawer that leads to every section and closes behind it", async ({ context, page }) => {
  await signInAs(context, "admin@cohort.test");
  await page.goto("/admin");
  const link = page.getByRole("link", { name: "Users", exact: true }).and(page.locator("nav a"));
  await expect(link).toBeHidden();
  await page.getByRole("button", { name: "Open navigation" }).click();
  await link.click();
  await expect(page).toHaveURL("/admin/users");
  await expect(link).toBeHidden();
});
