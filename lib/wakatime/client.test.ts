import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { demoAccessToken, demoRefreshToken, demoUid } from "@/db/seed/coding-generator";
import { type FakeWakatime, startFakeWakatime } from "@/e2e/fakes/wakatime";
import { createWakatimeClient, type WakatimeClient } from "./client";
import { WakatimeError } from "./errors";
import { retryAfterMs } from "./http";
import { noRateLimit } from "./rate-limit";
import { personOf } from "./testing/people";

const now = new Date("2026-11-22T12:00:00Z");
const window = { from: "2026-11-16", to: "2026-11-22", timeZone: "Asia/Kathmandu" };
const token = demoAccessToken(personOf(1));
const redirectUri = "http://localhost:3000/api/wakatime/callback";

let fake: FakeWakatime;
let client: WakatimeClient;
let pauses: number[] = [];

const clientFor = (url: string, overrides: object = {}) =>
  createWakatimeClient({
    limiter: noRateLimit,
    apiUrl: `${url}/api/v1`,
    oauthUrl: `${url}/oauth`,
    clientId: "id",
    clientSecret: "secret",
    redirectUri,
    sleep: async (ms) => {
      pauses.push(ms);
    },
    ...overrides,
  });

const errorOf = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(WakatimeError);
  return error as WakatimeError;
};

beforeAll(async () => {
  fake = await startFakeWakatime({ now: () => now, clientSecret: "secret" });
  client = clientFor(fake.url);
});
afterEach(() => {
  fake.failures.clear();
  pauses = [];
});
afterAll(async () => {
  await client.close();
  await fake.close();
});

describe("reading", () => {
  it("gets every day of the window", async () => {
    const answer = await client.summaries(token, window);
    expect(answer.data.map((day) => day.range.date)).toEqual([
      "2026-11-16",
      "2026-11-17",
      "2026-11-18",
      "2026-11-19",
      "2026-11-20",
      "2026-11-21",
      "2026-11-22",
    ]);
  });

  it("gets the profile, and the status bar cold and then warm", async () => {
    expect(await client.currentUser(token)).toMatchObject({ id: demoUid(1), timezone: "UTC", plan: "free" });
    expect((await client.statusBarToday(token)).cached_at).toBeUndefined();
    expect(await client.statusBarToday(token)).toMatchObject({ data: { range: { date: "2026-11-22" } } });
  });
});

describe("failures", () => {
  it.each([
    ["302", "rate_limited", 3],
    ["401", "expired", 0],
    ["402", "out_of_plan", 0],
    ["403", "scope", 0],
    ["429", "rate_limited", 3],
    ["500", "unavailable", 3],
    ["202", "not_ready", 0],
    ["html", "unavailable", 3],
    ["truncated", "unexpected_shape", 0],
    ["reset", "unavailable", 3],
  ] as const)("%s is %s after %i retries", async (kind, expected, retries) => {
    const patient = clientFor(fake.url, { retry: { longestPauseMs: 1_000_000 } });
    fake.failures.add({ kind });
    const before = fake.requests.length;
    expect((await errorOf(patient.summaries(token, window))).kind).toBe(expected);
    expect(fake.requests.length - before).toBe(retries + 1);
    await patient.close();
  });

  it("passes when the trouble does, with growing pauses", async () => {
    fake.failures.add({ kind: "500", times: 2 });
    expect((await client.summaries(token, window)).data).toHaveLength(7);
    expect(pauses).toHaveLength(2);
    expect(pauses[0]).toBeGreaterThanOrEqual(500);
    expect(pauses[0]).toBeLessThanOrEqual(1_000);
    expect(pauses[1]).toBeGreaterThanOrEqual(1_000);
  });

  it("waits as long as Retry-After says, and gives up at once when that is too long", async () => {
    fake.failures.add({ kind: "429", retryAfter: 7, times: 1 });
    await client.summaries(token, window);
    expect(pauses).toEqual([7_000]);
    fake.failures.add({ kind: "429", retryAfter: 86_400 });
    expect(await errorOf(client.summaries(token, window))).toMatchObject({ retryAfterMs: 900_000 });
    expect(pauses).toHaveLength(1);
  });

  it("is unavailable when nobody listens", async () => {
    const nobody = clientFor("http://127.0.0.1:9", { retry: { retries: 0 } });
    expect((await errorOf(nobody.summaries(token, window))).kind).toBe("unavailable");
  });

  it("takes a 403 of a wall in front of WakaTime for no answer of WakaTime's", async () => {
    const wall = createServer((_request, response) => {
      response.writeHead(403, { "content-type": "text/html" }).end("<h1>Forbidden</h1>");
    }).listen(0, "127.0.0.1");
    await once(wall, "listening");
    const behind = clientFor(`http://127.0.0.1:${(wall.address() as AddressInfo).port}`);
    await expect(behind.summaries(token, window)).rejects.toMatchObject({ kind: "unavailable" });
    await behind.close();
    wall.close();
  });

  it("stops with the caller's signal", async () => {
    fake.failures.add({ kind: "slow", delayMs: 5_000 });
    const reason = new Error("the worker is stopping");
    await expect(client.summaries(token, window, { signal: AbortSignal.abort(reason) })).rejects.toThrow(reason);
  });

  it("never names the token", async () => {
    for (const kind of ["401", "500", "truncated", "reset"] as const) {
      fake.failures.clear();
      fake.failures.add({ kind });
      const error = await errorOf(client.summaries(token, window));
      expect(`${error.message} ${error.stack}`).not.toContain(token);
    }
  });
});

describe("tokens", () => {
  const authorize = async () => {
    const query = new URLSearchParams({
      client_id: "id",
      response_type: "code",
      redirect_uri: redirectUri,
      state: "s",
    });
    const answer = await fetch(`${fake.url}/oauth/authorize?${query}`, { redirect: "manual" });
    return new URL(answer.headers.get("location") ?? "").searchParams;
  };

  it("exchanges a code once", async () => {
    const code = (await authorize()).get("code") ?? "";
    const answer = await client.exchangeCode(code);
    expect(answer).toMatchObject({ scopes: ["email", "read_summaries"], expiresInSeconds: 31_536_000 });
    expect((await client.currentUser(answer.accessToken)).id).toBe(answer.uid);
    expect((await errorOf(client.exchangeCode(code))).status).toBe(400);
  });

  it("rotates: a refresh token is good once", async () => {
    const first = await client.refresh(demoRefreshToken(personOf(2)));
    expect((await errorOf(client.refresh(demoRefreshToken(personOf(2))))).status).toBe(400);
    const second = await client.refresh(first.refreshToken ?? "");
    expect((await client.currentUser(second.accessToken)).id).toBe(demoUid(2));
  });

  it("are dead when they end, and when they are revoked", async () => {
    fake.failures.set({ tokenLifetimeSeconds: 1 });
    const pair = await client.refresh(demoRefreshToken(personOf(3)));
    expect(pair.expiresAt).toBe("2026-11-22T12:00:01Z");
    await client.revoke(pair.accessToken);
    expect((await errorOf(client.currentUser(pair.accessToken))).kind).toBe("expired");
    expect((await errorOf(client.refresh(pair.refreshToken ?? ""))).status).toBe(400);
  });

  it("are read from a form-encoded answer too", async () => {
    const form =
      "access_token=waka_tok_a&refresh_token=waka_ref_b&uid=u&token_type=bearer&expires_at=2027-03-12T19%3A40%3A00Z" +
      "&expires_in=31536000&scope=email+read_summaries";
    for (const type of ["application/x-www-form-urlencoded", "text/plain"]) {
      const { createServer } = await import("node:http");
      const server = createServer((_, response) => response.setHeader("content-type", type).end(form));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as { port: number };
      const answer = await clientFor(`http://127.0.0.1:${port}`).refresh("r");
      server.close();
      server.closeAllConnections();
      expect(answer).toEqual({
        accessToken: "waka_tok_a",
        refreshToken: "waka_ref_b",
        uid: "u",
        scopes: ["email", "read_summaries"],
        expiresAt: "2027-03-12T19:40:00Z",
        expiresInSeconds: 31_536_000,
      });
    }
  });
});

it.each([
  ["120", 120_000],
  ["Sun, 22 Nov 2026 12:01:00 GMT", 60_000],
  ["Sun, 22 Nov 2026 11:00:00 GMT", 0],
  ["99999", 900_000],
  ["soon", undefined],
  [undefined, undefined],
])("reads Retry-After %j as %j ms", (header, expected) => {
  expect(retryAfterMs(header, now.getTime())).toBe(expected);
});
