import { mondayOf } from "@/lib/analytics/coding-weeks";
import { addDays } from "@/lib/dates";
import { formatDateWithWeekday } from "@/lib/format";
import { goTo } from "./fixtures/alive";
import { expect, signInAs, test } from "./fixtures/test";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

// Staff's pages, and the others of those who are not signed in, are looked at with axe, on a phone as well.
test("the page of a link for a new password that has none fits without sideways scrolling", async ({ page }) => {
  await page.goto("/reset-password");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

const PORTAL = ["", "/demo-sessions", "/demos", "/project", "/certificates", "/goals", "/wakatime", "/profile"]
  .concat("/notifications", "/privacy")
  .map((part) => `/portal${part}`);

// At 390 pixels axe looks at each of them.
test("every page of the portal fits 360 pixels without sideways scrolling", async ({ context, page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await signInAs(context, "student@cohort.test");
  for (const path of PORTAL) {
    await page.goto(path);
    await expect(page).toHaveURL(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(360);
  }
});

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
  const map = page.getByRole("slider", { name: /^Coding time by day/ });
  const figure = page.locator("figure", { has: map });
  const said = figure.locator("figcaption > .label").last();
  // Two whole weeks and today's stand on the last sheet.
  const sheet = figure.locator("svg").last();
  await sheet.scrollIntoViewIfNeeded();
  const box = await sheet.boundingBox();
  if (!box) throw new Error("the map is not drawn");
  // Over its first Monday, where the months stand.
  await page.touchscreen.tap(box.x + 6, box.y + 5);
  await expect(map).toBeFocused();
  const read = async () => (await said.textContent())?.split(":")[0] ?? "";
  const monday = await read();
  await page.keyboard.press("ArrowDown");
  const tuesday = await read();
  await page.keyboard.press("End");
  const today = new Date(`${await read()} UTC`).toISOString().slice(0, 10);
  await expect(map).toHaveAttribute("aria-valuetext", (await said.textContent()) ?? "");
  const first = addDays(mondayOf(today), -14);
  expect([monday, tuesday]).toEqual([first, addDays(first, 1)].map(formatDateWithWeekday));
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
