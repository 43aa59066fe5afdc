import type { Page } from "@playwright/test";
import { goTo } from "./fixtures/alive";
import { oneRow } from "./fixtures/database";
import { expect, signInAs, test } from "./fixtures/test";

test.beforeEach(async ({ context }) => signInAs(context, "admin@cohort.test"));

const rowsOf = (page: Page) => page.getByRole("table", { name: "Users" }).getByRole("row");
const count = (page: Page) => page.getByRole("navigation", { name: "Pages" }).getByRole("status");
const total = async (page: Page) =>
  Number(/of ([\d,]+)/.exec((await count(page).textContent()) ?? "")?.[1]?.replace(/,/g, ""));

/** The menu of a filter, not the column's header of the same name. */
const menu = (page: Page, name: string) => page.getByRole("main").getByRole("button", { name, exact: true }).first();

/** Filters answer only once the page is alive. */
async function open(page: Page, path: string): Promise<void> {
  await goTo(page, path);
}

test("searching narrows the rows while typing, stands in the address, and Back undoes it in one step", async ({
  page,
}) => {
  await open(page, "/admin/users");
  const everybody = await total(page);
  await page.getByRole("searchbox", { name: "Search name or e-mail" }).pressSequentially("whit");
  await expect(page).toHaveURL("/admin/users?q=whit");
  await expect(rowsOf(page).filter({ hasText: "Joanna Whitfield" })).toHaveCount(1);
  const rows = await rowsOf(page).allInnerTexts();
  for (const row of rows.slice(1)) expect(row.toLowerCase()).toContain("whit");
  expect(await total(page)).toBeLessThan(everybody);

  await page.goBack();
  await expect(page).toHaveURL("/admin/users");
  await expect(page.getByRole("searchbox", { name: "Search name or e-mail" })).toHaveValue("");
  await expect(rowsOf(page)).toHaveCount(21);
});

test("the role filters with an exact total, and its chip takes it away", async ({ page }) => {
  const { n } = await oneRow<{ n: number }>(
    (sql) => sql`select count(*)::int as n from "user" where role = 'student' and anonymised_at is null`,
  );
  await open(page, "/admin/users");
  await menu(page, "Role").click();
  await page.getByRole("button", { name: /^student [\d,]+$/ }).click();
  await expect(page).toHaveURL("/admin/users?role=student");
  await expect(count(page)).toHaveText(/^1–20 of [\d,]+ users$/);
  await expect.poll(() => total(page)).toBeGreaterThanOrEqual(n);
  await expect(rowsOf(page).filter({ has: page.getByRole("cell", { name: "student", exact: true }) })).toHaveCount(20);

  await page
    .getByRole("list", { name: "Active filters" })
    .getByRole("button", { name: /Role: student/ })
    .click();
  await expect(page).toHaveURL("/admin/users");
  await expect(page.getByRole("list", { name: "Active filters" })).toHaveCount(0);
});

test("the batch menu loads when it opens, can be searched, and filters", async ({ page }) => {
  const batch = await oneRow<{ id: number; name: string; n: number }>(
    (sql) => sql`
      select b.id, b.name, count(distinct en.student_id)::int as n
      from batch b join enrolment en on en.batch_id = b.id group by b.id order by b.id limit 1`,
  );
  await open(page, "/admin/users");
  const asked = page.waitForResponse((response) => response.url().endsWith("/api/lists/users/counts/batch"));
  await menu(page, "Batch").click();
  expect((await asked).status()).toBe(200);
  await page.getByRole("searchbox", { name: "Search in batch" }).fill(batch.name);
  await page.getByRole("button", { name: new RegExp(`^${batch.name} [\\d,]+$`) }).click();
  await expect(page).toHaveURL(`/admin/users?batch=${batch.id}`);
  await expect(page.getByRole("button", { name: `Batch: ${batch.name}` })).toBeVisible();
  await expect.poll(() => total(page)).toBeLessThanOrEqual(batch.n);
  for (const row of (await rowsOf(page).allInnerTexts()).slice(1)) expect(row).toContain(batch.name);
});

test("the pager turns the page, and a page out of range is corrected", async ({ page }) => {
  await open(page, "/admin/users");
  const first = await rowsOf(page).nth(1).textContent();
  await page.getByRole("button", { name: "Next page" }).click();
  await expect(page).toHaveURL("/admin/users?page=2");
  await expect(count(page)).toHaveText(/^21–40 of/);
  expect(await rowsOf(page).nth(1).textContent()).not.toBe(first);

  await open(page, "/admin/users?role=admin&page=999");
  await expect(page).not.toHaveURL(/page=999/);
  await expect(rowsOf(page).nth(1)).toBeVisible();
  await open(page, "/admin/users?role=nobody&page=-3&sort=password&size=7");
  await expect(count(page)).toHaveText(/^1–20 of/);
});

test("a header sorts, says so to assistive technology, and turns round when asked again", async ({ page }) => {
  await open(page, "/admin/users?size=100");
  const header = page.getByRole("columnheader", { name: "E-mail" });
  await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "ascending");
  await header.getByRole("button").click();
  await expect(page).toHaveURL(/sort=email/);
  await expect(header).toHaveAttribute("aria-sort", "ascending");
  await header.getByRole("button").click();
  await expect(page).toHaveURL(/sort=-email/);
  await expect(header).toHaveAttribute("aria-sort", "descending");
  await expect(page.getByRole("columnheader", { name: "Name" })).not.toHaveAttribute("aria-sort", /./);
});

test("filters that match nobody say so and offer the way back", async ({ page }) => {
  await open(page, "/admin/users?q=nobodyiscalledthis&role=admin");
  await expect(page.getByText("No user matches these filters")).toBeVisible();
  await page.getByRole("button", { name: "Clear all filters" }).click();
  await expect(page).toHaveURL("/admin/users");
  await expect(rowsOf(page)).toHaveCount(21);
});
