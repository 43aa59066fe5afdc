import { goTo } from "./fixtures/alive";
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

const PORTAL = ["", "/demo-sessions", "/demos", "/project", "/certificates", "/goals", "/wakatime", "/profile"]
  .concat("/notifications", "/privacy")
  .map((part) => `/portal${part}`);

for (const width of [360, 390]) {
  test(`every page of the portal fits ${width} pixels without sideways scrolling`, async ({ context, page }) => {
    await page.setViewportSize({ width, height: 780 });
    await signInAs(context, "student@cohort.test");
    for (const path of PORTAL) {
      await page.goto(path);
      await expect(page).toHaveURL(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);
    }
  });
}

test("the links of the first step can be hit by a thumb", async ({ context, page }) => {
  await signInAs(context, "student@cohort.test");
  await page.goto("/portal/wakatime");
  for (const name of ["wakatime.com/signup", "wakatime.com/plugins"]) {
    const link = page.getByRole("link", { name });
    // Well above its letters, which are 17 pixels high.
    expect(
      await link.evaluate((element) => {
        const { left, top } = element.getClientRects()[0] ?? new DOMRect();
        return document.elementFromPoint(left + 4, top - 10) === element;
      }),
    ).toBe(true);
  }
});

test("a day of the map is read by a finger that lands beside it, and the keys go on from there", async ({
  context,
  page,
}) => {
  await signInAs(context, "student@cohort.test");
  await goTo(page, "/portal");
  const map = page.getByRole("grid", { name: /^Coding time by day/ });
  const said = page.locator("figure", { has: map }).locator("figcaption > .label").last();
  const days = map.locator("[role=row]:nth-last-child(2)").getByRole("gridcell");
  const monday = days.first();
  await monday.scrollIntoViewIfNeeded();
  const box = await monday.boundingBox();
  if (!box) throw new Error("the map is not drawn");
  await page.touchscreen.tap(box.x + 6, box.y - 9);
  await expect(said).toHaveText((await monday.getAttribute("aria-label")) ?? "");
  await expect(monday).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(said).toHaveText((await days.nth(1).getAttribute("aria-label")) ?? "");
});

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
