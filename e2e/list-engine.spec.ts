import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { goTo, reload } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { newCrowd } from "./fixtures/crowd";
import { newPerson, oneRow, withDatabase } from "./fixtures/database";
import { expect, signInAs, test } from "./fixtures/test";

const main = (page: Page) => page.getByRole("main");
const rows = (page: Page) => main(page).getByRole("table", { name: "users" }).locator("tbody").getByRole("row");
const shown = (page: Page) => page.getByRole("navigation", { name: "Pages" }).getByRole("status");
const bar = (page: Page) => page.getByRole("region", { name: "Selection" });
const selected = (page: Page) => bar(page).getByRole("status");
const panel = (page: Page, name: string) => page.getByRole("complementary", { name });
const toolbar = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).first();

/** An admin or instructor of this journey's own: what they choose for their lists is nobody else's. */
async function staff(page: Page, path: string, role: "admin" | "instructor" = "admin") {
  const person = await newPerson(role);
  await signInAs(page.context(), person.email);
  await goTo(page, path);
  return person;
}

async function fileOf(page: Page, button: () => Promise<void>) {
  const [download] = await Promise.all([page.waitForEvent("download"), button()]);
  const text = await readFile(await download.path(), "utf8");
  expect(text.startsWith("\uFEFF")).toBe(true);
  const lines = text.slice(1).split("\r\n");
  expect(lines.pop()).toBe("");
  return { name: download.suggestedFilename(), header: lines[0]?.split(","), lines: lines.slice(1) };
}

test("filters, pages and the panel are steps that Back undoes; counts stand in the menus", async ({ page }) => {
  const { word } = await newCrowd(45);
  await staff(page, `/admin/users?q=${word}`);
  await expect(shown(page)).toHaveText("1–20 of 45 users");

  await toolbar(page, "Role").click();
  await page.getByRole("button", { name: "user 30", exact: true }).click();
  await expect(page).toHaveURL(`/admin/users?q=${word}&role=user`);
  await expect(shown(page)).toHaveText("1–20 of 30 users");
  await page.getByRole("button", { name: "Next page" }).click();
  await expect(page).toHaveURL(`/admin/users?q=${word}&role=user&page=2`);
  await expect(shown(page)).toHaveText("21–30 of 30 users");

  // Another filter begins at the first page, and the menu counts what it would leave.
  await toolbar(page, "Role").click();
  await page.getByRole("button", { name: "instructor 15", exact: true }).click();
  await expect(page).toHaveURL(`/admin/users?q=${word}&role=instructor`);
  await expect(shown(page)).toHaveText("1–15 of 15 users");

  await page.goBack();
  await expect(shown(page)).toHaveText("21–30 of 30 users");
  await page.goBack();
  await expect(shown(page)).toHaveText("1–20 of 30 users");
  await page.goBack();
  await expect(page).toHaveURL(`/admin/users?q=${word}`);
  await expect(shown(page)).toHaveText("1–20 of 45 users");

  await page.getByRole("button", { name: "Clear all", exact: true }).click();
  await expect(page).toHaveURL("/admin/users");
  await page.goBack();
  await expect(shown(page)).toHaveText("1–20 of 45 users");
});

test("columns are remembered for the person, and go back to what they were", async ({ page }) => {
  await staff(page, "/admin/users");
  const header = (name: string) => main(page).getByRole("columnheader", { name });
  await toolbar(page, "Columns").click();
  await expect(page.getByRole("checkbox", { name: "Name", exact: true })).toBeDisabled();
  const saved = page.waitForResponse((response) => response.url().endsWith("/api/lists/users/choice"));
  await page.getByRole("checkbox", { name: "E-mail" }).uncheck();
  await expect(header("E-mail")).toHaveCount(0);
  expect((await saved).status()).toBe(200);
  await reload(page);
  await expect(header("Name")).toBeVisible();
  await expect(header("E-mail")).toHaveCount(0);

  await toolbar(page, "Columns").click();
  await page.getByRole("button", { name: "As it was at first" }).click();
  await expect(header("E-mail")).toBeVisible();
});

test("a view is saved, changed, opened first, shared, deleted and brought back", async ({ page, browser }) => {
  test.slow();
  const { word } = await newCrowd(3);
  await staff(page, `/admin/users?q=${word}&role=user`);
  const views = main(page).getByRole("button", { name: /^(Views|Ours)/ });
  await views.click();
  await page.getByLabel("Save this as a view").fill(`Ours ${word}`);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`\\?q=${word}&role=user&view=\\d+$`));
  await expect(views).toHaveText(`Ours ${word}`);
  await page.keyboard.press("Escape");

  // Narrowed further it is marked as changed, and the change can be kept.
  await page.getByRole("button", { name: /Role: user/ }).click();
  await expect(views).toHaveText(`Ours ${word} (changed)`);
  await views.click();
  await page.getByRole("button", { name: "Save the change" }).click();
  await expect(views).toHaveText(`Ours ${word}`);
  await page.keyboard.press("Escape");
  await expect(shown(page)).toHaveText("1–3 of 3 users");
  const file = await fileOf(page, () => page.getByRole("link", { name: "Export" }).click());
  expect(file.name).toMatch(new RegExp(`^users-ours-${word}-\\d{4}-\\d\\d-\\d\\d\\.csv$`));
  expect(file.lines).toHaveLength(3);

  await views.click();
  const first = page.getByRole("button", { name: `Open Ours ${word} first` });
  await first.click();
  await expect(first).toHaveAttribute("aria-pressed", "true");
  const link = page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Users" });
  await expect(link).toHaveAttribute("href", new RegExp(`^/admin/users\\?q=${word}&view=\\d+$`));

  // A colleague sees it once it is shared, and cannot take it away.
  const colleague = await browser.newContext();
  const { email } = await newPerson("instructor");
  await signInAs(colleague, email);
  const theirs = async () =>
    (await (await colleague.request.get("/api/lists/users/views")).json()).views.filter(({ name }: { name: string }) =>
      name.includes(word),
    );
  expect(await theirs()).toEqual([]);
  const shared = page.waitForResponse((response) => response.request().method() === "PATCH");
  await page.getByRole("button", { name: `Share Ours ${word} with all staff` }).click();
  expect((await shared).status()).toBe(200);
  const [view] = await theirs();
  expect(view).toMatchObject({ name: `Ours ${word}`, query: `?q=${word}`, isMine: false, owner: "Zoe Quill" });
  const origin = new URL(page.url()).origin;
  const refused = await colleague.request.delete(`/api/lists/users/views/${view.id}`, { headers: { Origin: origin } });
  expect(refused.status()).toBe(403);
  await colleague.close();

  await page.getByRole("button", { name: `Delete the view Ours ${word}` }).click();
  await expect(page.getByText(`“Ours ${word}” is deleted.`)).toBeVisible();
  await expect(link).toHaveAttribute("href", "/admin/users");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("link", { name: new RegExp(`Ours ${word}`) })).toBeVisible();
});

test("a selection survives paging, Escape lets go of it, and everything that matches can be disabled", async ({
  page,
}) => {
  const { word, ids, nameOf } = await newCrowd(25);
  await withDatabase(
    ({ sql }) => sql`update "user" set disabled_at = now(), disabled_reason = 'left' where id = ${ids[4] ?? 0}`,
  );
  const me = await staff(page, `/admin/users?q=${word}`);
  await page.getByRole("checkbox", { name: `Select ${nameOf(1)}` }).check();
  await page.getByRole("checkbox", { name: `Select ${nameOf(2)}` }).check();
  await page.getByRole("button", { name: "Next page" }).click();
  await expect(shown(page)).toHaveText("21–25 of 25 users");
  await page.getByRole("checkbox", { name: `Select ${nameOf(21)}` }).check();
  await expect(selected(page)).toHaveText("3 users selected");
  await page.goBack();
  await expect(page.getByRole("checkbox", { name: `Select ${nameOf(2)}` })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: `Select ${nameOf(3)}` })).not.toBeChecked();
  await page.locator("h1").click();
  await page.keyboard.press("Escape");
  await expect(bar(page)).toHaveCount(0);
  await expect(page.getByRole("checkbox", { name: `Select ${nameOf(2)}` })).not.toBeChecked();

  await page.getByRole("checkbox", { name: "Select this page" }).check();
  await expect(selected(page)).toHaveText("20 users selected");
  await bar(page).getByRole("button", { name: "Select all 25 matching" }).click();
  await expect(selected(page)).toHaveText("25 users selected");
  await bar(page).getByRole("button", { name: "Disable", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Disable: 25 users" });
  await dialog.getByRole("button", { name: "Disable", exact: true }).click();
  await expect(dialog.getByText("Please say why.")).toBeVisible();
  await dialog.getByLabel("Reason").fill("The course is over");
  await dialog.getByRole("button", { name: "Disable", exact: true }).click();
  await expect(dialog.getByRole("status")).toHaveText("24 disabled, 1 not:");
  await expect(dialog.getByRole("listitem")).toHaveText(`${nameOf(5)}: This account is disabled already.`);
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(bar(page)).toHaveCount(0);

  const { disabled, told } = await oneRow<{ disabled: number; told: number }>(
    (sql) => sql`
      select (select count(*)::int from "user" where id = any(${ids}) and disabled_reason = 'The course is over') as disabled,
        (select count(*)::int from audit_event where action = 'user.disable' and actor_user_id = ${me.id}
          and subject_id = any(${ids}) and after ->> 'reason' = 'The course is over') as told`,
  );
  expect({ disabled, told }).toEqual({ disabled: 24, told: 24 });
});

test("students are moved to another batch together, and who is none is told", async ({ page }) => {
  const { word, ids, nameOf } = await newCrowd(3);
  const students = ids.slice(0, 2);
  const name = `To ${word}`;
  const [from = 0, to = 0] = (
    await withDatabase(
      ({ sql }) => sql<{ id: number }[]>`
        insert into batch (name, start_date, end_date, time_zone, registration_key)
        select each || ' ' || ${word}, current_date - 30, current_date + 60, 'UTC', each || ${word}
        from unnest(array['From', 'To']) with ordinality as names(each, place) order by place
        returning id`,
    )
  ).map(({ id }) => id);
  await withDatabase(
    ({ sql }) => sql`
      with people as (update "user" set role = 'student' where id = any(${students}) returning id),
        st as (insert into student (user_id) select id from people returning id)
      insert into enrolment (student_id, batch_id, from_date) select id, ${from}, current_date - 2 from st`,
  );
  await staff(page, `/admin/users?q=${word}`);
  await page.getByRole("checkbox", { name: "Select this page" }).check();
  await bar(page).getByRole("button", { name: "Move to a batch" }).click();
  const dialog = page.getByRole("dialog", { name: "Move to a batch: 3 users" });
  await dialog.getByRole("button", { name: "Move to a batch" }).click();
  await expect(dialog.getByText("Please choose a batch.")).toBeVisible();
  await dialog.getByLabel("Batch").selectOption({ label: name });
  await dialog.getByRole("button", { name: "Move to a batch" }).click();
  await expect(dialog.getByRole("status")).toHaveText("2 moved, 1 not:");
  await expect(dialog.getByRole("listitem")).toHaveText(`${nameOf(3)}: Only students are in a batch.`);
  await dialog.getByRole("button", { name: "Close" }).last().click();
  for (const row of [0, 1]) await expect(rows(page).nth(row)).toContainText(name);
  const { moved } = await oneRow<{ moved: number }>(
    (sql) => sql`
      select count(*)::int as moved from enrolment en join student st on st.id = en.student_id
      where st.user_id = any(${students}) and en.batch_id = ${to} and en.to_date is null`,
  );
  expect(moved).toBe(2);
});

test("an export has every page of what is shown, in its order and columns, and no formulas", async ({ page }) => {
  const { word, ids, nameOf } = await newCrowd(24);
  await withDatabase(({ sql }) => sql`update "user" set name = ${`=1+1 "${word}", x`} where id = ${ids[0] ?? 0}`);
  await staff(page, `/admin/users?q=${word}&sort=-name`);
  await toolbar(page, "Columns").click();
  for (const name of ["Batch", "Daily average", "WakaTime", "Last sign-in"]) {
    const saved = page.waitForResponse((response) => response.url().endsWith("/choice"));
    await page.getByRole("checkbox", { name }).uncheck();
    await saved;
  }
  await page.keyboard.press("Escape");
  const whole = await fileOf(page, () => page.getByRole("link", { name: "Export" }).click());
  expect(whole.name).toMatch(/^users-\d{4}-\d\d-\d\d\.csv$/);
  expect(whole.header).toEqual(["Name", "E-mail", "Role", "Last 7 days (hours)"]);
  expect(whole.lines).toHaveLength(24);
  expect(whole.lines[0]).toBe(`${nameOf(24)},${word}-24@cohort.test,instructor,`);
  expect(whole.lines.at(-1)).toBe(`"'=1+1 ""${word}"", x",${word}-1@cohort.test,user,`);

  await page.getByRole("checkbox", { name: `Select ${nameOf(24)}` }).check();
  await page.getByRole("checkbox", { name: `Select ${nameOf(20)}` }).check();
  const part = await fileOf(page, () => bar(page).getByRole("button", { name: "Export" }).click());
  expect(part.lines.map((line) => line.split(",")[0])).toEqual([nameOf(24), nameOf(20)]);
  for (const how of [{ data: { selection: "all" } }, { form: { selection: "all" } }, {}]) {
    expect((await page.request.post("/api/lists/users/export", how)).status()).toBe(422);
  }
});

test("an empty list says why, and a filter in its menu that matches nothing is not offered", async ({ page }) => {
  const { word } = await newCrowd(3);
  await staff(page, `/admin/users?q=${word}&account=disabled`);
  await expect(page.getByText("No user matches these filters")).toBeVisible();
  await toolbar(page, "Account").click();
  await expect(page.getByRole("button", { name: "enabled 3", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: /^disabled/ })).toHaveCount(0);
});

test("the panel is linked to, walked by arrow keys and closed by Escape", async ({ page }) => {
  const { word, ids, nameOf } = await newCrowd(4);
  await staff(page, `/admin/users?q=${word}`);
  const link = page.getByRole("link", { name: nameOf(2) });
  await link.click();
  await expect(page).toHaveURL(`/admin/users?q=${word}&open=${ids[1]}`);
  await expect(panel(page, nameOf(2)).getByRole("heading", { name: nameOf(2) })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(panel(page, nameOf(3))).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(panel(page, nameOf(4))).toBeVisible();
  await expect(page.getByRole("button", { name: "Next row" })).toBeDisabled();
  await page.keyboard.press("ArrowUp");
  await expect(page).toHaveURL(`/admin/users?q=${word}&open=${ids[2]}`);

  await reload(page);
  await expect(panel(page, nameOf(3))).toBeVisible();
  // Escape closes the panel first; a selection stays until the next one.
  await page.getByRole("checkbox", { name: `Select ${nameOf(1)}` }).check();
  await page.locator("h1").click();
  await page.keyboard.press("Escape");
  await expect(panel(page, nameOf(3))).toHaveCount(0);
  await expect(page).toHaveURL(`/admin/users?q=${word}`);
  await expect(page.getByRole("link", { name: nameOf(3) })).toBeFocused();
  await expect(selected(page)).toHaveText("1 user selected");
  await page.keyboard.press("Escape");
  await expect(bar(page)).toHaveCount(0);

  await page.goto("/admin/users?open=2000000000");
  await expect(page.getByText("There is no such user")).toBeVisible();
});

test("an instructor selects nothing, changes nobody and sees no foreign address, not even in the file", async ({
  page,
}) => {
  const { word, ids, nameOf } = await newCrowd(3);
  await staff(page, `/admin/users?q=${word}`, "instructor");
  await expect(rows(page)).toHaveCount(3);
  await expect(main(page).getByRole("checkbox")).toHaveCount(0);
  await expect(rows(page).first()).toContainText("hidden");
  await page.getByRole("link", { name: nameOf(2) }).click();
  const open = panel(page, nameOf(2));
  await expect(open.getByText("hidden: not a student of your batches")).toHaveCount(2);
  await expect(open.getByRole("button", { name: /Save|Disable|Change|Mail|Sign out/ })).toHaveCount(0);
  await page.keyboard.press("Escape");
  const { lines } = await fileOf(page, () => page.getByRole("link", { name: "Export" }).click());
  expect(lines).toHaveLength(3);
  expect(lines.join("\n")).not.toContain("@cohort.test");

  // By address nobody foreign is found, as if there were none.
  await page.goto(`/admin/users?q=${word}-1@cohort.test`);
  await expect(page.getByText("No user matches these filters")).toBeVisible();
  expect(
    (await oneRow<{ n: number }>((sql) => sql`select count(*)::int as n from "user" where id = any(${ids})`)).n,
  ).toBe(3);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("the list is put in order and a whole page of it selected, by thumb", async ({ page }) => {
    const { word, nameOf } = await newCrowd(22);
    await staff(page, `/admin/users?q=${word}`);
    const order = main(page).getByLabel("Sort by");
    const whole = main(page).getByRole("checkbox", { name: "Select all on this page" });
    await expect(order).toHaveCount(0);
    await page.getByRole("button", { name: "Filters" }).tap();
    expect(await order.locator("option").allInnerTexts()).toEqual(
      ["Name", "E-mail", "Role", "Joined", "Last sign-in", "Last 7 days"].flatMap((column) => [
        `${column}, ascending`,
        `${column}, descending`,
      ]),
    );
    await expect(order.locator("option:checked")).toHaveText("Name, ascending");
    for (const target of [order, whole.locator("xpath=..")]) {
      expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    }
    await expectAccessible(page, { widths: [390] });

    await order.selectOption({ label: "Name, descending" });
    await expect(page).toHaveURL(`/admin/users?q=${word}&sort=-name`);
    await expect(rows(page).first()).toContainText(nameOf(22));
    await whole.tap();
    await expect(selected(page)).toHaveText("20 users selected");
    await expect(bar(page).getByRole("button", { name: "Select all 22 matching" })).toBeVisible();
    await page
      .getByRole("checkbox", { name: `Select ${nameOf(22)}` })
      .locator("xpath=..")
      .tap();
    await expect(selected(page)).toHaveText("19 users selected");
    await expect(whole).toBeChecked({ indeterminate: true });
    await whole.check();
    await whole.uncheck();
    await expect(bar(page)).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});
