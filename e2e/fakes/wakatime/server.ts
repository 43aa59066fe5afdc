import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { personFromToken } from "@/db/seed/coding-generator";
import { daysBetween, localDate } from "@/lib/dates";
import { answerApi, askedRange, type Memory, tokenOf } from "./api";
import { createFailures, type Failures, postedSchema } from "./failures";
import { createHeartbeats } from "./heartbeats";
import { authorize, revoke, token } from "./oauth";
import { fail, readBody, sendJson } from "./reply";
import { createScopes, type Scopes, scopesSchema } from "./scopes";
import { createTokens } from "./tokens";

const REMEMBERED_REQUESTS = 10_000;

export type SeenRequest = { method: string; path: string; person: number | undefined };

export type FakeWakatime = {
  /** `http://127.0.0.1:port`: the API is under /api/v1, OAuth under /oauth. */
  url: string;
  failures: Failures;
  /** What tokens may read; everything unless said otherwise. */
  scopes: Scopes;
  /** What was asked, oldest first, without queries and tokens. */
  requests: SeenRequest[];
  close: () => Promise<void>;
};

type Options = {
  /** 0 takes a free one. */
  port?: number;
  now?: () => Date;
  /** When given, token requests must know it. */
  clientSecret?: string;
};

/** A WakaTime that speaks real HTTP. Whom it knows stands in the tokens, so it may be restarted at any time. */
export async function startFakeWakatime({
  port = 0,
  now = () => new Date(),
  clientSecret,
}: Options = {}): Promise<FakeWakatime> {
  const failures = createFailures();
  const requests: SeenRequest[] = [];
  const memory: Memory = { heartbeats: createHeartbeats(), scopes: createScopes(), warm: new Set() };
  const tokens = createTokens(now);
  const issue: typeof tokens.issue = (...grant) => {
    const answer = tokens.issue(...grant);
    memory.scopes.grant(answer.access_token, answer.scope);
    return answer;
  };
  const oauth = { tokens: { ...tokens, issue }, failures, now, clientSecret };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://fake");
    const method = request.method ?? "GET";
    if (url.pathname === "/__fake/failures") return control(request, response, failures);
    if (url.pathname === "/__fake/scopes") return controlScopes(request, response, memory.scopes);
    const presented = tokenOf(request, url);
    const known = personFromToken(presented.replace(/\.r\d+$/, ""));
    requests.push({ method, path: url.pathname, person: known?.key });
    if (requests.length > REMEMBERED_REQUESTS) requests.shift();

    const asked = known && { url, person: known, now: now() };
    const range = asked && askedRange(asked);
    const ageDays = range ? daysBetween(range.from, localDate(now(), "UTC")) : undefined;
    const failure = failures.next({ path: url.pathname, person: known?.key, ageDays });
    if (failure && (await fail(failure, response))) return;

    if (method === "GET" && url.pathname === "/oauth/authorize") return authorize(request, url, response, oauth);
    if (method === "POST" && url.pathname === "/oauth/token") return token(request, response, oauth);
    if (method === "POST" && url.pathname === "/oauth/revoke") return revoke(request, response, oauth);
    const person = oauth.tokens.person(presented);
    if (!person) return sendJson(response, 401, { errors: ["Unauthorized."] });
    const asking = { method, url, token: presented, person, now: now(), headers: request.headers };
    const body = method === "POST" ? await readBody(request) : "";
    const answered = answerApi({ ...asking, body }, memory);
    sendJson(response, answered.status, answered.body);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => {
      if (!response.headersSent) sendJson(response, 400, { error: error.message });
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    failures,
    scopes: memory.scopes,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** POST adds failures and sets switches; DELETE takes all of them away. For tests that run in another process. */
async function control(request: IncomingMessage, response: ServerResponse, failures: Failures): Promise<void> {
  if (request.method === "DELETE") failures.clear();
  else {
    const posted = postedSchema.parse(JSON.parse(await readBody(request)));
    for (const failure of posted.failures ?? []) failures.add(failure);
    failures.set(posted.switches ?? {});
  }
  sendJson(response, 200, { switches: failures.switches() });
}

/** POST `{ who, scope }` narrows what a person's tokens, or one token, may read; DELETE takes all of that away. */
async function controlScopes(request: IncomingMessage, response: ServerResponse, scopes: Scopes): Promise<void> {
  if (request.method === "DELETE") scopes.clear();
  else {
    const { who, scope } = scopesSchema.parse(JSON.parse(await readBody(request)));
    scopes.grant(who, scope);
  }
  sendJson(response, 200, {});
}
