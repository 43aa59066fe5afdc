import { expectAccessible } from "./fixtures/axe";
import { withSyncIds } from "./fixtures/sync-ids";
import { expect, signInAs, test } from "./fixtures/test";

const PAGES: { path: string; as?: string }[] = [
  { path: "/login" },
  { path: "/signup/student" },
  { path: "/admin", as: "admin@cohort.test" },
  { path: "/admin/users?role=student&q=a", as: "admin@cohort.test" },
  { path: "/admin/demo-sessions", as: "admin@cohort.test" },
  { path: "/admin/sync", as: "admin@cohort.test" },
  { path: "/admin/sync/{run}", as: "admin@cohort.test" },
  { path: "/admin/sync/students", as: "admin@cohort.test" },
  { path: "/admin/sync/students/{student}", as: "instructor@cohort.test" },
  { path: "/admin/mail", as: "admin@cohort.test" },
  { path: "/portal", as: "student@cohort.test" },
  { path: "/portal/wakatime", as: "student@cohort.test" },
  { path: "/account", as: "student@cohort.test" },
  { path: "/forgot-password" },
];

for (const { path, as } of PAGES) {
  test(`axe finds nothing on ${path}`, async ({ context, page }) => {
    if (as) await signInAs(context, as);
    await page.goto(await withSyncIds(path));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
  });
}

test("the users list can be worked by keyboard alone", async ({ context, page }) => {
  await signInAs(context, "admin@cohort.test");
  await page.goto("/admin/users", { waitUntil: "networkidle" });
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Import or invite" })).toBeFocused();
  await page.keyboard.press("Tab");
  const search = page.getByRole("searchbox", { name: "Search name or e-mail" });
  await expect(search).toBeFocused();
  await search.blur();
  await page.keyboard.press("/");
  await expect(search).toBeFocused();
  await page.keyboard.type("whit");
  await expect(page).toHaveURL(/\/admin\/users\?q=whit(#main)?$/);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/admin\/users(#main)?$/);
});
