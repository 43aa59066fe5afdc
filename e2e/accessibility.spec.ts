import { goTo } from "./fixtures/alive";
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
  { path: "/account", as: "instructor@cohort.test" },
  { path: "/forgot-password" },
];

for (const { path, as } of PAGES) {
  test(`axe finds nothing on ${path}`, async ({ context, page }) => {
    if (as) await signInAs(context, as);
    await page.goto(await withSyncIds(path));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page, { parts: true });
  });
}

test("the look at a page finds what is wrong with it, in either theme, on either width", async ({ page }) => {
  const faults: [html: string, told: RegExp][] = [
    [`<img src="data:,">`, /image-alt .*1280 px/],
    [`<p style="color: #bbb">Pale</p>`, /color-contrast .*1280 px/],
    [
      `<style>@media (prefers-color-scheme: dark) { p { color: #eee } }</style><p>Pale at night</p>`,
      /color-contrast .*dark/,
    ],
    [`<style>@media (width >= 500px) { i { display: none } }</style><i><input></i>`, /label .*390 px/],
    [`<p style="width: 500px">Wide</p>`, /toBeLessThanOrEqual/],
    [
      `<p class="overflow-x-auto" style="overflow: auto" tabindex="0"><i style="display: block; width: 500px">Wide</i></p>`,
      /toBeLessThanOrEqual/,
    ],
  ];
  const around = (html: string) =>
    `<!doctype html><html lang="en"><title>A page</title><meta name="viewport" content="width=device-width"><body style="background: #fff"><main><h1>A page</h1>${html}</main></body></html>`;
  await page.setContent(around("<p>Nothing</p>"));
  await expectAccessible(page, { parts: true });
  for (const [html, told] of faults) {
    await page.setContent(around(html));
    await expect(expectAccessible(page, { parts: true }), html).rejects.toThrow(told);
  }
});

test("the users list can be worked by keyboard alone", async ({ context, page }) => {
  await signInAs(context, "admin@cohort.test");
  await goTo(page, "/admin/users");
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
