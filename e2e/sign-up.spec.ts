import { JOURNEY_PASSWORD, newEmail, newPerson, oneRow, openKey } from "./fixtures/database";
import { expect, test } from "./fixtures/test";

const RULES = ["8 to 100 characters", "an upper-case letter", "a lower-case letter", "a digit"];

test("a link with a registration key signs a student up, and the key leaves the address bar", async ({ page }) => {
  const { key, batch } = await openKey();
  const email = newEmail();
  await page.goto(`/signup/student#key=${key}`);
  await expect(page.getByLabel("Registration key")).toHaveValue(key);
  await expect(page).toHaveURL("/signup/student");
  for (const rule of RULES) await expect(page.getByText(rule)).toBeVisible();
  await expect(page.getByText("(not met yet)")).toHaveCount(RULES.length);

  await page.getByLabel("Name").fill("Zoe Quill");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(JOURNEY_PASSWORD);
  await expect(page.getByText("(met)")).toHaveCount(RULES.length);
  await page.getByRole("button", { name: "Join your batch" }).click();
  await expect(page).toHaveURL("/portal");
  await expect(page.getByText(batch)).toBeVisible();
  const stored = await oneRow(
    (sql) => sql`
      select u.role, b.name as batch from "user" u join student st on st.user_id = u.id
      join enrolment en on en.student_id = st.id join batch b on b.id = en.batch_id where u.email = ${email}`,
  );
  expect(stored).toEqual({ role: "student", batch });
});

test("a bad registration key says so beside its field and loses nothing that was typed", async ({ page }) => {
  const email = newEmail();
  await page.goto("/signup/student#key=HCA-NOTAKEY");
  await page.getByLabel("Name").fill("Zoe Quill");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Phone").fill("+44 20 7946 0018");
  await page.getByLabel("Password").fill(JOURNEY_PASSWORD);
  await page.getByRole("button", { name: "Join your batch" }).click();

  const key = page.getByLabel("Registration key");
  await expect(key).toHaveAttribute("aria-invalid", "true");
  await expect(key).toBeFocused();
  await expect(key).toHaveAccessibleDescription(/does not open a batch/);
  await expect(key).toHaveValue("HCA-NOTAKEY");
  await expect(page.getByLabel("Name")).toHaveValue("Zoe Quill");
  await expect(page.getByLabel("E-mail")).toHaveValue(email);
  await expect(page.getByLabel("Phone")).toHaveValue("+44 20 7946 0018");
  await expect(page.getByLabel("Password")).toHaveValue(JOURNEY_PASSWORD);
});

test("a weak password is refused beside its field by the same rules", async ({ page }) => {
  await page.goto("/signup");
  await page.getByLabel("Name").fill("Zoe Quill");
  await page.getByLabel("E-mail").fill(newEmail());
  await page.getByLabel("Password").fill("kettle");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("Password")).toHaveAccessibleDescription(/The password needs/);
  await expect(page).toHaveURL("/signup");
});

test("a sign-up without a key waits on the welcome page", async ({ page }) => {
  await page.goto("/signup");
  await page.getByLabel("Name").fill("Zoe Quill");
  await page.getByLabel("E-mail").fill(newEmail());
  await page.getByLabel("Password").fill(JOURNEY_PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL("/welcome");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Welcome, Zoe Quill");
});

test("old defect 3: the same e-mail in another case is the same account", async ({ page }) => {
  const { key } = await openKey();
  const { email } = await newPerson("user");
  await page.goto(`/signup/student#key=${key}`);
  await page.getByLabel("Name").fill("Zoe Quill");
  await page.getByLabel("E-mail").fill(email.toUpperCase());
  await page.getByLabel("Password").fill(JOURNEY_PASSWORD);
  await page.getByRole("button", { name: "Join your batch" }).click();
  await expect(page.getByLabel("E-mail")).toHaveAccessibleDescription(/account with this e-mail address already/);
  const { n } = await oneRow<{ n: number }>(
    (sql) => sql`select count(*)::int as n from "user" where lower(email) = ${email}`,
  );
  expect(n).toBe(1);
});
