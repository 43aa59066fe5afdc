import type { Page, Request } from "@playwright/test";
import { goTo, reload } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { newCrowd } from "./fixtures/crowd";
import { oneRow } from "./fixtures/database";
import { taughtStudent } from "./fixtures/sync-ids";
import { expect, signInAs, test } from "./fixtures/test";

const menu = (page: Page) => page.getByRole("dialog", { name: "Find or do" });
const input = (page: Page) => menu(page).getByRole("combobox");
const options = (page: Page) => menu(page).getByRole("option");

async function openMenu(page: Page): Promise<void> {
  await page.keyboard.press("Control+k");
  await expect(input(page)).toBeFocused();
}

test("a person, a batch, a page and an action are found and followed by keyboard alone", async ({ context, page }) => {
  const crowd = await newCrowd(3);
  await signInAs(context, "admin@cohort.test");
  await goTo(page, "/admin");
  await openMenu(page);
  await expect(options(page).first()).toHaveText("Dashboard");
  await page.keyboard.type(crowd.word);
  await expect(options(page)).toHaveCount(3);
  await expect(options(page).first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/admin/users?open=${crowd.ids[1]}`);
  await expect(menu(page)).toHaveCount(0);

  const batch = await oneRow<{ id: number; name: string }>(
    (sql) => sql`select id, name from batch order by start_date desc, id desc limit 1`,
  );
  await openMenu(page);
  await page.keyboard.type(batch.name.toUpperCase());
  await expect(menu(page).getByRole("option", { name: batch.name })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/admin/batches/${batch.id}`);

  await openMenu(page);
  await page.keyboard.type("audit");
  await expect(options(page)).toHaveText(["Audit log"]);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/admin/audit");

  await openMenu(page);
  await page.keyboard.type("dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();
});

test("a student is found by name and by address as far as the person may see it", async ({ context, page }) => {
  const [own, foreign] = [await taughtStudent(), await taughtStudent(false)];
  const emailOf = (id: number) => oneRow<{ email: string }>((sql) => sql`select email from "user" where id = ${id}`);
  const find = async (q: string) => {
    const answer = await page.request.get(`/api/command?q=${encodeURIComponent(q)}`);
    expect(answer.status()).toBe(200);
    return ((await answer.json()) as { people: { label: string }[] }).people.map(({ label }) => label);
  };
  const [{ email: ownEmail }, { email: foreignEmail }] = [await emailOf(own.id), await emailOf(foreign.id)];
  await signInAs(context, "instructor@cohort.test");
  expect(await find(own.name)).toContain(own.name);
  expect(await find(foreign.name)).toContain(foreign.name);
  expect(await find(ownEmail)).toEqual([own.name]);
  expect(await find(foreignEmail)).toEqual([]);
  await signInAs(context, "admin@cohort.test");
  expect(await find(foreignEmail)).toEqual([foreign.name]);
  expect(await find("%")).toEqual([]);
  expect(await find("__")).toEqual([]);
  await signInAs(context, "student@cohort.test");
  expect((await page.request.get("/api/command?q=a")).status()).toBe(403);
});

test("pages and actions are those of the role", async ({ context, page }) => {
  const offered = async () => {
    const answer = await page.request.get("/api/command?q=");
    const { pages, actions } = (await answer.json()) as Record<"pages" | "actions", { label: string }[]>;
    return [...pages, ...actions].map(({ label }) => label);
  };
  const forAdmins = ["Audit log", "Settings", "Mail", "Operations", "Create a batch", "Import people from a file"];
  await signInAs(context, "admin@cohort.test");
  expect(await offered()).toEqual(expect.arrayContaining([...forAdmins, "Today"]));
  await signInAs(context, "instructor@cohort.test");
  const labels = await offered();
  expect(labels).toContain("Today");
  expect(labels.filter((label) => forAdmins.includes(label))).toEqual([]);
});

test("an answer that comes late is dropped, and a failure can be tried again", async ({
  context,
  page,
  expectedFaults,
}) => {
  expectedFaults.push(/command/);
  await signInAs(context, "admin@cohort.test");
  await goTo(page, "/admin");
  let answer = () => {};
  const held = new Promise<void>((done) => {
    answer = done;
  });
  await page.route("**/api/command?q=aud", async (route) => {
    await held;
    await route.continue().catch(() => {});
  });
  await openMenu(page);
  await page.keyboard.type("aud", { delay: 10 });
  const late = await page.waitForRequest("**/api/command?q=aud");
  // Answered or given up.
  const ended = new Promise<void>((done) => {
    const end = (request: Request) => request === late && done();
    page.on("requestfinished", end).on("requestfailed", end);
  });
  await input(page).fill("sett");
  await expect(options(page)).toHaveText(["Settings"]);
  answer();
  await ended;
  await page.unroute("**/api/command?q=aud");
  // Further than what its own end sets off would need.
  await page.evaluate(() => fetch("/api/command?q=sett").then((late) => late.text()));
  await expect(options(page)).toHaveText(["Settings"]);

  await page.route("**/api/command?q=demo%20se", (route) => route.fulfill({ status: 400, body: "{}" }));
  await input(page).fill("demo se");
  await expect(menu(page).getByRole("alert")).toContainText("The search did not answer.");
  await page.unroute("**/api/command?q=demo%20se");
  await menu(page).getByRole("button", { name: "Try again" }).click();
  await expect(options(page)).toHaveText(["Demo sessions", "Create a demo session"]);
});

test("axe finds nothing in the menu, full, empty and in the help of keys; focus comes back to where it was", async ({
  context,
  page,
}) => {
  await signInAs(context, "admin@cohort.test");
  await goTo(page, "/admin");
  const button = page.getByRole("button", { name: "Find or do" });
  await button.click();
  await expect(options(page).first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.type("zzzzqq");
  await expect(menu(page).getByText("Nothing matches.")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(menu(page)).toHaveCount(0);
  await expect(button).toBeFocused();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await expectAccessible(page);
});

test("keys without Ctrl can be switched off, and letters typed into fields are letters", async ({ context, page }) => {
  await signInAs(context, "admin@cohort.test");
  await goTo(page, "/admin/users");
  const keys = page.getByRole("dialog", { name: "Keys" });
  const search = page.getByRole("searchbox", { name: "Search name or e-mail" });
  await search.focus();
  await page.keyboard.type("?/");
  await expect(search).toHaveValue("?/");
  await expect(keys).toHaveCount(0);
  await search.fill("");
  await search.blur();
  await page.keyboard.press("?");
  await keys.getByLabel("Keys without Ctrl work, too").uncheck();
  await page.keyboard.press("Escape");
  await expect(keys).toHaveCount(0);
  await page.keyboard.press("?");
  await page.keyboard.press("/");
  await expect(search).not.toBeFocused();
  await expect(keys).toHaveCount(0);
  await reload(page);
  await page.keyboard.press("?");
  await expect(keys).toHaveCount(0);
  // The key with Ctrl works on, also from within a field.
  await search.focus();
  await openMenu(page);
  await page.keyboard.type("keys");
  await expect(options(page)).toHaveText(["Keys"]);
  await page.keyboard.press("Enter");
  await keys.getByLabel("Keys without Ctrl work, too").check();
  await page.keyboard.press("Escape");
  await search.blur();
  await page.keyboard.press("/");
  await expect(search).toBeFocused();
});

test("on a phone the menu opens from the head of the page", async ({ context, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signInAs(context, "instructor@cohort.test");
  await goTo(page, "/admin/today");
  await page.getByRole("banner").getByRole("button", { name: "Find or do" }).click();
  await expect(input(page)).toBeFocused();
  await expectAccessible(page, { widths: [390] });
});
