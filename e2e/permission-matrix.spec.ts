import type { APIRequestContext } from "@playwright/test";
import { LOOKING_ONLY } from "@/lib/errors";
import { actions, pages, routes, type Visitor, visitors } from "./fixtures/permission-matrix";
import { clearScene, newScene, type Scene } from "./fixtures/permission-scene";
import { callAction, serverActions } from "./fixtures/server-actions";
import { expect, signInAs, test } from "./fixtures/test";

/** Where a person is led who may not be somewhere: to sign in, or to where their own role starts. */
const GATES: Record<Visitor, string> = {
  admin: "/admin",
  instructor: "/admin/today",
  colleague: "/admin/today",
  student: "/portal",
  user: "/welcome",
  nobody: "/login",
};

const pathOf = (location: string | null) => (location ? new URL(location, "http://here").pathname : null);

const filledIn = (scene: Scene, fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, scene.fill(text)]));

/** Runs with a scene of its own, signed in as one of its people. */
const asVisitor = (visitor: Visitor, run: (request: APIRequestContext, scene: Scene) => Promise<void>) =>
  test(`${visitor}: every page, route and action lets in whom the matrix says`, async ({ context }) => {
    test.setTimeout(180_000);
    const scene = await newScene();
    try {
      if (visitor !== "nobody") await signInAs(context, scene.emailOf[visitor]);
      await run(context.request, scene);
    } finally {
      await clearScene(scene);
    }
  });

for (const visitor of visitors) {
  asVisitor(visitor, async (request, scene) => {
    const wrong: string[] = [];
    const judge = (what: string, isIn: boolean, isOut: boolean, may: boolean, seen: string) => {
      if (may ? !isIn : !isOut) wrong.push(`${what} should ${may ? "let in" : "refuse"} ${visitor}: ${seen}`);
    };

    for (const [name, { who, path = name }] of Object.entries(pages)) {
      const answer = await request.get(scene.fill(path), { maxRedirects: 0 });
      const status = answer.status();
      const leads = pathOf(answer.headers().location ?? null);
      judge(name, status === 200, status >= 300 && status < 405, who.includes(visitor), `${status} ${leads}`);
    }

    const last = ["POST /api/login", "POST /api/logout"];
    for (const [name, { who, path, data = {}, form }] of Object.entries(routes)) {
      if (last.includes(name)) continue;
      const [method = "", folder = ""] = name.split(" ");
      const answer = await request.fetch(scene.fill(path ?? folder), {
        method,
        maxRedirects: 0,
        ...(method === "GET" ? {} : form ? { form: filledIn(scene, form) } : { data }),
      });
      const status = answer.status();
      const leads = pathOf(answer.headers().location ?? null);
      // Routes that a browser walks through lead on: those who get in come to the page of the connection, or to WakaTime.
      const ledAway = leads !== null && leads === GATES[visitor];
      const isOut = status === 401 || status === 403 || ledAway;
      judge(name, !isOut && status < 500 && status !== 404, isOut, who.includes(visitor), `${status} ${leads}`);
    }

    const built = new Map(serverActions().map((action) => [action.name, action]));
    for (const [name, { who, fields, told }] of Object.entries(actions)) {
      const action = built.get(name);
      if (!action) {
        wrong.push(`${name} is not in the build`);
        continue;
      }
      const filled = fields && filledIn(scene, fields);
      const answer = await callAction(request, action, filled);
      const leads = pathOf(answer.redirect);
      const ledAway = leads !== null && leads === GATES[visitor] && fields !== null;
      const isOut = answer.code === "forbidden" || answer.code === "unauthenticated" || ledAway;
      const isIn = told ? answer.code === told : answer.ok || (leads !== null && !ledAway);
      expect(answer.text).not.toContain(LOOKING_ONLY);
      judge(
        name,
        isIn,
        isOut,
        who.includes(visitor),
        `${answer.status} ${leads} ${answer.code} ${answer.text.slice(-300)}`,
      );
      if (name.endsWith("#startViewingAction") && answer.redirect) {
        const end = built.get("app/end-viewing.ts#endViewingAction");
        if (end) await callAction(request, end, null);
      }
    }

    for (const name of last) {
      const answer = await request.post(name.split(" ")[1] ?? "", { data: {} });
      expect([200, 422], name).toContain(answer.status());
    }
    expect(wrong).toEqual([]);
  });
}
