import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import WakatimePage from "@/app/portal/wakatime/page";
import { closeDb } from "@/db/client";
import { openSession } from "@/db/mutations/session";
import { auditEvent, connection, oauthState } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createStudent } from "@/db/testing/factories";
import { SESSION_COOKIE, signSessionId } from "@/lib/auth/session-token";
import { env } from "@/lib/env";
import { GET as authorize } from "./authorize/route";
import { GET as callback, POST as callbackOfV1 } from "./callback/route";
import { GET as start } from "./start/route";

/** The page and the routes themselves, with what Next provides: the request's cookies, and a router. */
const cookies = vi.hoisted(() => new Map<string, { value: string }>());
vi.mock("next/headers", () => ({ cookies: async () => cookies }));
vi.mock("next/navigation", async (original) => ({
  ...(await original<typeof import("next/navigation")>()),
  useRouter: () => ({ refresh() {} }),
}));

const db = testDb();
const SITE = "https://cohort.test";
const context = { params: Promise.resolve({}) };

beforeAll(async () => {
  const student = await createStudent(db);
  const sid = await openSession(db, student.id, { ip: null, userAgent: "test" });
  cookies.set(SESSION_COOKIE, { value: await signSessionId(sid, env().AUTH_SECRET ?? "") });
  return closeDb;
});
afterEach(() => vi.unstubAllEnvs());

const get = (path: string) => new Request(`${SITE}${path}`);
const post = () =>
  new Request(`${SITE}/api/wakatime/callback`, { method: "POST", body: JSON.stringify({ code: "c", state: "s" }) });

const PLACES = [
  { place: "a preview", variables: { VERCEL_ENV: "preview" }, said: "This is a preview of the product." },
  { place: "an academy that has not set up WakaTime", variables: {}, said: "Your academy has not set up WakaTime yet" },
];

describe.each(PLACES)("on $place connecting is off", ({ variables, said }) => {
  it("on the page, which says so and has no button", async () => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    const searchParams = Promise.resolve({});
    const html = renderToStaticMarkup(await WakatimePage({ params: Promise.resolve({}), searchParams }));
    expect(html).toContain(said);
    expect(html).toContain("Connect your account");
    expect(html).not.toContain("/api/wakatime/start");
  });

  it("for the button, the return from WakaTime and both routes of v1; nothing is written", async () => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    const leadsTo = async (answer: Promise<Response>) => (await answer).headers.get("location");
    expect(await leadsTo(start(get("/api/wakatime/start")))).toBe("/portal/wakatime");
    expect(await leadsTo(callback(get("/api/wakatime/callback?code=c&state=s")))).toBe("/portal/wakatime?result=off");
    for (const answer of [
      await authorize(get("/api/wakatime/authorize"), context),
      await callbackOfV1(post(), context),
    ]) {
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({
        success: false,
        message: expect.stringContaining(said),
        error: { code: "unavailable" },
      });
    }
    for (const table of [oauthState, connection, auditEvent]) expect(await db.$count(table)).toBe(0);
  });
});
