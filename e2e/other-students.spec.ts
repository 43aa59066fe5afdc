import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { APIRequestContext } from "@playwright/test";
import { unsubscribeToken } from "@/lib/notify/unsubscribe-link";
import { PROJECT_ROOT } from "@/scripts/home/home";
import { setting } from "./fixtures/database";
import { actions, pages, routes, type Visitor } from "./fixtures/permission-matrix";
import { callAction, serverActions } from "./fixtures/server-actions";
import { expect, signInAs, test } from "./fixtures/test";
import { clearTwoStudents, newTwoStudents, rowsOf, type TwoStudents } from "./fixtures/two-students";

/** Ids are numbers that can be guessed: a student tries those of another one wherever the product takes an id. */

const NO_ROW = "2147483647";
/** They end the walker's own session, or leave the page they are asked on. */
const WOULD_END_THE_WALK = [
  "app/sign-out.ts#signOutAction",
  "app/end-viewing.ts#endViewingAction",
  "POST /api/login",
  "POST /api/logout",
];
/** Whoever has the secret in the address may see it, signed in or not: nothing here is an id. */
const SECRETS = ["/verify/[code]", "GET /api/calendar/[token]"];
/** Whose row a form's field names. A demo session is nobody's; one's sign-ins are called sessions as well. */
const rowOf = (action: string, field: string): string | null => {
  if (action === "app/account-actions.ts#endSessionAction") return "session";
  return field === "sessionId" ? null : field.replace(/Id$/, "");
};
/** What the scene of the permission matrix calls by another name, or has more of. */
const SCENE: Record<string, string> = {
  studentUser: "user",
  spare: "user",
  lastSignup: "signup",
  spareSession: "demoSession",
  lastSession: "demoSession",
  issued: "certificate",
  empty: "batch",
};
/** Of the academy, or of both. */
const NOBODYS: Record<string, string> = {
  unique: "walk",
  holiday: NO_ROW,
  holidayDate: "2098-01-01",
  run: NO_ROW,
  code: "NONE",
  feed: "/api/calendar/none",
};

/** What a student sends beyond what the matrix knows: ids that a form may leave out. */
const MORE: [action: string, fields: Record<string, string>][] = [
  ["app/portal/demo-sessions/actions.ts#signUpAction", { sessionId: "{freeSession}", demoId: "{demo}" }],
  ["app/portal/demo-sessions/actions.ts#editSignupAction", { signupId: "{mySignup}", version: "1", demoId: "{demo}" }],
  [
    "app/admin/demo-sessions/[sessionId]/actions.ts#signUpAction",
    { sessionId: "{demoSession}", studentId: "{student}" },
  ],
  ["app/portal/demos/actions.ts#deleteDemoAction", { demoId: "{demo}", signups: "{signup}" }],
];
const MORE_ROUTES: [route: string, path: string, data: Record<string, string>][] = [
  ["POST /api/demo-sessions/[sessionId]/signup", "/api/demo-sessions/{freeSession}/signup", { demo_id: "{demo}" }],
  ["PUT /api/demo-signups/[signupId]", "/api/demo-signups/{mySignup}", { demo_id: "{demo}" }],
];

const OWN_PAGES = ["/portal/demos", "/portal/goals", "/portal/certificates", "/portal/project", "/portal"];

type Fill = (text: string) => string;
/** Placeholders as ids of the other student, or as ids that nobody has. */
const filling = ({ ids, both }: TwoStudents, nobody = false): Fill => {
  const same: Record<string, string | number> = { ...both, ...NOBODYS };
  return (text) =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const row = SCENE[name] ?? name;
      const value = same[row] ?? (nobody ? NO_ROW : ids[row]);
      if (value === undefined) throw new Error(`Say in e2e/fixtures/two-students.ts whose row {${name}} is.`);
      return String(value);
    });
};

/** A form of the matrix with every id in it as a placeholder, and in the version that the other student's rows have. */
function guessing(name: string, fields: Record<string, string>): Record<string, string> {
  const guess = (field: string, value: string) => {
    if (field === "version") return "1";
    const row = rowOf(name, field);
    return value === NO_ROW && row ? `{${row}}` : value;
  };
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, guess(field, value)]));
}

const filled = (fields: Record<string, string>, fill: Fill) =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, fill(value)]));
const fileOf = (action: string) => action.split("#")[0] ?? "";
/** Students get in, and not whoever comes along. */
const isStudents = (who: readonly Visitor[]) => who.includes("student") && !who.includes("nobody");
const takesIds = (fields: object) => /\{\w+\}/.test(JSON.stringify(fields));
const messageIn = (text: string) => /"message":"([^"]*)"/.exec(text)?.[1] ?? null;

/** Runs as the first student; nothing of the other one is read meanwhile, and no row of theirs is another one. */
const walk = (what: string, run: (request: APIRequestContext, two: TwoStudents, look: Look) => Promise<void>) =>
  test(what, async ({ context }) => {
    test.setTimeout(90_000);
    const two = await newTwoStudents();
    // Their owner sees what nobody else may: so it would be seen here as well.
    await signInAs(context, two.other.email);
    for (const path of OWN_PAGES) expect(await (await context.request.get(path)).text(), path).toContain(two.mark);
    const before = await rowsOf(two.other);
    expect(Object.keys(before).length).toBeGreaterThan(14);
    await signInAs(context, two.me.email);
    try {
      await run(context.request, two, (where, text) => {
        for (const told of [two.mark, two.other.email]) expect(text, where).not.toContain(told);
      });
      expect(await rowsOf(two.other)).toEqual(before);
    } finally {
      await clearTwoStudents(two);
    }
  });
type Look = (where: string, text: string) => void;

walk("no page shows anything of another student, whatever ids stand in its address", async (request, two, look) => {
  const fill = filling(two);
  const { ids } = two;
  const guesses = new URLSearchParams(
    Object.entries(ids).flatMap(([name, id]) => [
      [name, String(id)],
      [`${name}Id`, String(id)],
    ]),
  );
  for (const key of ["id", "open", "edit", "delete", "user", "student", "as"])
    guesses.set(key, String(two.other.userId));
  const opened: string[] = [];
  for (const [name, { who, path = name }] of Object.entries(pages)) {
    if (SECRETS.includes(name)) continue;
    const address = fill(path);
    for (const each of [address, `${address}?${guesses}`]) {
      const answer = await request.get(each, { maxRedirects: 0 });
      look(each, await answer.text());
      expect(answer.status(), each).toBeLessThan(500);
      if (answer.status() === 200 && who.includes("student")) opened.push(name);
    }
  }
  expect(opened).toContain("/portal/demos");
});

walk("no route answers with anything of another student, or changes it", async (request, two, look) => {
  const fill = filling(two);
  const nobody = filling(two, true);
  const called = Object.entries(routes).map(([name, { path, data, form, who }]) => ({
    name,
    path: path ?? name.split(" ")[1] ?? "",
    data: (data ?? {}) as Record<string, string>,
    form,
    who,
  }));
  const more = MORE_ROUTES.map(([name, path, data]) => ({
    name,
    path,
    data,
    form: undefined,
    who: routes[name]?.who ?? [],
  }));
  for (const { name, path, data, form, who } of [...called, ...more]) {
    if (WOULD_END_THE_WALK.includes(name) || SECRETS.includes(name)) continue;
    const ask = async (by: Fill) => {
      const method = name.split(" ")[0] ?? "GET";
      const numbers = Object.entries(data).map(([key, value]) => [
        key,
        takesIds({ value }) ? Number(by(value)) : value,
      ]);
      const body = form ? { form: filled(form, by) } : { data: Object.fromEntries(numbers) };
      const answer = await request.fetch(by(path), { method, maxRedirects: 0, ...(method === "GET" ? {} : body) });
      return { status: answer.status(), text: await answer.text() };
    };
    const got = await ask(fill);
    look(`${name} ${got.status}`, got.text);
    if (!who.includes("student")) expect([401, 403], name).toContain(got.status);
    else if (takesIds([path, data])) expect(got, name).toEqual(await ask(nobody));
  }
  for (const [name, { who, data = {} }] of Object.entries(routes)) {
    if (!isStudents(who)) continue;
    const path = name.split(" ")[1];
    const tried = MORE_ROUTES.filter(([route]) => route.endsWith(` ${path}`)).flatMap(([, , sent]) =>
      Object.keys(sent),
    );
    const missed = idFieldsOf(`app${path}/route.ts`).filter(
      (field) => ![...tried, ...Object.keys(data)].includes(field),
    );
    expect(missed, `${name}: say in MORE_ROUTES whose rows these fields name`).toEqual([]);
  }
});

walk("no form changes anything of another student", async (request, two, look) => {
  const fill = filling(two);
  const nobody = filling(two, true);
  const built = new Map(serverActions().map((action) => [action.name, action]));
  const forms = Object.entries(actions).map(([name, { fields }]) => [name, guessing(name, fields ?? {})] as const);
  const tried = new Set<string>();
  for (const [name, fields] of [...forms, ...MORE]) {
    const action = built.get(name);
    if (WOULD_END_THE_WALK.includes(name) || !action) continue;
    const mayCall = actions[name]?.who.includes("student") ?? false;
    const got = await callAction(request, action, filled(fields, fill));
    look(name, got.text);
    for (const [field, value] of Object.entries(fields)) {
      if (takesIds([value])) tried.add(`${fileOf(name)} ${field}`);
    }
    if (!mayCall || !takesIds(fields)) continue;
    expect({ name, ok: got.ok, redirect: got.redirect }).toEqual({ name, ok: false, redirect: null });
    // What is another's is answered like what does not exist.
    const none = await callAction(request, action, filled(fields, nobody));
    expect({ name, code: got.code, said: messageIn(got.text) }).toEqual({
      name,
      code: none.code,
      said: messageIn(none.text),
    });
  }
  // Every field of a student's forms that takes an id was tried, those that may be empty as well.
  for (const [name, { who }] of Object.entries(actions)) {
    const file = fileOf(name);
    if (!isStudents(who) || file.startsWith("app/admin/")) continue;
    const missed = idFieldsOf(file).filter((field) => rowOf(name, field) && !tried.has(`${file} ${field}`));
    expect(missed, `${file}: say whose rows these fields name, in the permission matrix or in MORE`).toEqual([]);
  }
});

/** The fields that take an id, by name, in a file of actions or a route and in the schemas that read its input. */
function idFieldsOf(file: string): string[] {
  const read = (path: string) => readFileSync(join(PROJECT_ROOT, path), "utf8");
  const text = read(file);
  const beside = [...text.matchAll(/from "\.\/([\w-]+-input)"/g)].map(([, name]) =>
    read(join(dirname(file), `${name}.ts`)),
  );
  const shared = [...text.matchAll(/import \{([^}]*Schema)[^}]*\} from "@\/(lib\/api[\w/-]+)"/g)].flatMap(
    ([, names = "", path]) => {
      const declared = read(`${path}.ts`).split("\nexport ");
      return names.split(",").map((name) => declared.find((each) => each.startsWith(`const ${name.trim()} `)) ?? "");
    },
  );
  return [text, ...beside, ...shared].flatMap((each) =>
    [...each.matchAll(/(\w+): (?:orNull\()?idField/g)].map(([, name]) => name ?? ""),
  );
}

walk("a link to unsubscribe cannot be written for somebody else", async (request, two) => {
  const own = unsubscribeToken({ userId: two.me.userId, group: "reminders" }, setting("E2E_AUTH_SECRET"));
  const forged = own.replace(/^\d+/, String(two.other.userId));
  const answer = await request.post(`/api/unsubscribe?token=${forged}`, { data: {} });
  expect(answer.status()).toBeGreaterThanOrEqual(400);
  const genuine = await request.post(`/api/unsubscribe?token=${own}`, { data: {} });
  expect(genuine.status()).toBeLessThan(300);
});
