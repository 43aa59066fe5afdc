import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { APIResponse, BrowserContext } from "@playwright/test";
import { addDays } from "@/lib/dates";
import { loadSecrets } from "@/scripts/home/secrets";
import { OUTPUT_FILE } from "@/scripts/test/demo-server";
import { setting, withDatabase } from "./fixtures/database";
import { expect, sessionCookieOf, signInAs, test } from "./fixtures/test";
import {
  failAtWakatime,
  newAccount,
  newStudent,
  revokeAtWakatime,
  signInAtWakatime,
  syncNow,
  tokensOf,
} from "./fixtures/wakatime";

/** By what they are called: what must never be found, and where we looked. */
type Named = Record<string, string>;

/** Days and names of coding have nothing of ours, and are long. */
const PLAIN_TABLES = ["daily_summary", "daily_summary_item", "coding_name"];

/** A secret as it is, and as it looks in an address. */
const spellings = (secret: string) => [secret, encodeURIComponent(secret)];

function leaks(places: Named, secrets: Named): string[] {
  return Object.entries(places).flatMap(([place, text]) =>
    Object.entries(secrets)
      .filter(([, secret]) => spellings(secret).some((spelling) => text.includes(spelling)))
      .map(([name]) => `${name} in ${place}`),
  );
}

/** What the servers printed and logged. */
function logs(): Named {
  const home = setting("E2E_HOME");
  const files = readdirSync(join(home, "logs")).map((name) => join("logs", name));
  return Object.fromEntries([OUTPUT_FILE, ...files].map((name) => [name, readFileSync(join(home, name), "utf8")]));
}

/** Mails that were sent, as files. Those with a link hold its token, on purpose: it is nobody's of this journey. */
function mails(): Named {
  const folder = join(setting("E2E_HOME"), "mail");
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  return Object.fromEntries(names.map((name) => [join("mail", name), readFileSync(join(folder, name), "utf8")]));
}

/** Every row of every other table, jobs with their payloads and outputs among them. */
const tables = (): Promise<Named> =>
  withDatabase(async ({ sql }) => {
    const names = await sql<{ schema: string; name: string }[]>`
      select schemaname as schema, tablename as name from pg_tables
      where schemaname in ('public', 'pgboss') and tablename <> all(${PLAIN_TABLES})`;
    const texts: Named = {};
    for (const { schema, name } of names) {
      const rows = await sql<{ row: string }[]>`select t::text as row from ${sql(schema)}.${sql(name)} t`;
      texts[`${schema}.${name}`] = rows.map(({ row }) => row).join("\n");
    }
    return texts;
  });

/** Collects what the browser is sent by us, and the codes and states that pass through its address. */
function listen(context: BrowserContext) {
  const bodies: Promise<[string, string]>[] = [];
  const passed: Named = {};
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (url.pathname !== CALLBACK) return;
    for (const [name, value] of url.searchParams) passed[`${name} ${Object.keys(passed).length}`] = value;
  });
  context.on("response", (response) => {
    const { origin, pathname } = new URL(response.url());
    if (origin !== new URL(setting("E2E_URL")).origin || pathname.startsWith("/_next/static/")) return;
    bodies.push(
      response.text().then(
        (text) => [`${pathname} (${bodies.length})`, text],
        () => [pathname, ""], // A redirect has none.
      ),
    );
  });
  return { passed, bodies: async (): Promise<Named> => Object.fromEntries(await Promise.all(bodies)) };
}

const CALLBACK = "/api/wakatime/callback";
const ANSWERS = [
  "/api/users/me",
  "/api/wakatime/connection",
  "/api/v1/admin/users?page_size=100",
  "/api/v1/admin/dashboard",
];
const TODAY = "/api/wakatime/today";
const SAME_TODAY = "/api/integrations/wakatime/today";
const RANGE = "/api/wakatime/stats-range";

test("no token, secret, code or state stands in a log, a page, an answer, a job or a record", async ({
  context,
  page,
}) => {
  test.setTimeout(120_000);
  const heard = listen(context);
  const answers: Named = {};
  const student = await newStudent();
  const account = newAccount();
  const { authSecret, demoClientSecret, wakatimeTokenKeys } = loadSecrets(setting("E2E_HOME"));
  const secrets: Named = { "client secret": demoClientSecret, AUTH_SECRET: authSecret };
  for (const [index, key] of wakatimeTokenKeys.split(",").entries()) {
    secrets[`token key ${index}`] = key.slice(key.indexOf(":") + 1);
  }
  const remember = async (when: string) => {
    const { access, refresh } = await tokensOf(student.id);
    Object.assign(secrets, { [`access token ${when}`]: access, [`refresh token ${when}`]: refresh });
    return { access, refresh };
  };
  const keep = async (path: string, answer: Promise<APIResponse>) => {
    answers[`${path} (${Object.keys(answers).length})`] = await (await answer).text();
  };
  const ask = async () => {
    for (const path of ANSWERS) await keep(path, page.request.get(path));
    for (const path of [TODAY, SAME_TODAY]) await keep(path, page.request.post(path));
    const today = new Date().toISOString().slice(0, 10);
    const data = { start: addDays(today, -40), end: addDays(today, -2) };
    await keep(RANGE, page.request.post(RANGE, { data }));
  };
  /** As clients of v1 do it, which hold code and state themselves; then once more, which is refused. */
  const connectByJson = async () => {
    const { authorization_url } = await (await page.request.get("/api/wakatime/authorize")).json();
    const consent = await page.request.get(authorization_url, { maxRedirects: 0 });
    const data = Object.fromEntries(new URL(consent.headers().location ?? "").searchParams);
    Object.assign(secrets, { "code of v1": data.code, "state of v1": data.state });
    for (const _time of ["connected", "refused"]) {
      await keep(CALLBACK, page.request.post(CALLBACK, { data }));
    }
  };

  // Connected after a failed exchange and a guessed state, renewed, refused, revoked, connected again, disconnected.
  await signInAs(context, student.email);
  secrets["session cookie"] = (await sessionCookieOf(context)).split("=")[1] ?? "";
  await signInAtWakatime(context, account);
  await failAtWakatime({ kind: "500", person: account, path: "oauth/token", times: 1 });
  const connect = async (button: string, result: string) => {
    await page.goto("/portal/wakatime");
    await page.getByRole("link", { name: button, exact: true }).click();
    await expect(page).toHaveURL(`/portal/wakatime?result=${result}`);
  };
  await connect("Connect WakaTime", "unavailable");
  await page.goto("/api/wakatime/callback?code=a-code-that-was-guessed&state=a-state-that-was-guessed");
  await connect("Connect WakaTime", "connected");
  await expect(page.getByText(/synced just now/)).toBeVisible({ timeout: 20_000 });
  await remember("of the first link");
  await ask();
  await withDatabase(({ sql }) => sql`update connection set expires_at = now() where user_id = ${student.id}`);
  await syncNow(student.id);
  const renewed = await remember("after a refresh");
  for (const kind of ["401", "500", "truncated"]) {
    await failAtWakatime({ kind, person: account, path: "summaries", times: 1 });
    await syncNow(student.id);
    await remember(`after ${kind}`);
  }
  await revokeAtWakatime((await tokensOf(student.id)).refresh);
  await syncNow(student.id);
  await page.goto("/portal");
  await connect("Reconnect WakaTime", "reconnected");
  await expect(page.getByText(/synced just now/)).toBeVisible({ timeout: 20_000 });
  await remember("of the second link");
  await connectByJson();
  await remember("of the third link");
  await ask();
  // Told that the link was dead.
  const told = () => Object.entries(mails()).find(([, mail]) => mail.includes(student.email));
  await expect.poll(told, { timeout: 30_000 }).toBeTruthy();
  const connected = await tables();
  await page.getByText("Disconnect WakaTime…").click();
  await page.getByRole("button", { name: "Disconnect WakaTime" }).click();
  await expect(page.getByText("WakaTime is disconnected")).toBeVisible();
  await signInAs(context, "admin@cohort.test");
  for (const path of ["/admin", `/admin/users?q=${student.email}`, "/admin/sync", "/admin/mail"]) await page.goto(path);
  await ask();

  expect(Object.keys(heard.passed).filter((name) => name.startsWith("code")).length).toBeGreaterThanOrEqual(4);
  Object.assign(secrets, heard.passed);
  expect(new Set(Object.values(secrets)).size).toBeGreaterThanOrEqual(16);
  for (const [name, secret] of Object.entries(secrets)) expect(secret.length, name).toBeGreaterThanOrEqual(20);
  const records = async () => ({ ...(await tables()), ...logs(), ...mails() });
  const places = { ...connected, ...(await records()), ...(await heard.bodies()), ...answers };

  // What must be found is found: the search looks where it says.
  const found = (text: string, place: string) => expect(leaks(places, { text })).toContain(`text in ${place}`);
  found(setting("E2E_URL"), OUTPUT_FILE);
  found("a return from WakaTime was refused", OUTPUT_FILE);
  found("connection.disconnect", "public.audit_event");
  found("sync-user", "pgboss.job");
  found("wakatime_connected", "/api/users/me (0)");
  found("grand_total", `${SAME_TODAY} (5)`);
  found("cumulative_total", `${RANGE} (6)`);
  const callbacks = Object.entries(answers).filter(([place]) => place.startsWith(CALLBACK));
  expect(callbacks.map(([, text]) => JSON.parse(text).success)).toEqual([true, false]);
  found("connect WakaTime again", told()?.[0] ?? "no mail");
  expect(leaks(places, { name: "Zoe Quill" }).filter((leak) => leak.includes("/portal")).length).toBeGreaterThan(3);
  await withDatabase(
    ({ sql }) => sql`update sync_run set error = ${renewed.access} where scope_user_id = ${student.id}`,
  );
  expect(leaks(await records(), secrets)).toContain("access token after a refresh in public.sync_run");
  await withDatabase(({ sql }) => sql`update sync_run set error = null where scope_user_id = ${student.id}`);

  expect(leaks(places, secrets)).toEqual([]);
});
