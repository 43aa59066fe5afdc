import type { IncomingMessage, ServerResponse } from "node:http";
import { type DemoPerson, personFromToken } from "@/db/seed/coding-generator";
import { localDate } from "@/lib/dates";
import type { Failures } from "./failures";
import { readFields, sendHtml, sendJson } from "./reply";
import type { Tokens } from "./tokens";

const STRANGER_KEY = 900_001;

type Deps = { tokens: Tokens; failures: Failures; now: () => Date; clientSecret: string | undefined };

/** Whoever stands at the consent page when no test has said who: somebody who has been coding since a year ago. */
const stranger = (now: Date): DemoPerson => ({
  key: STRANGER_KEY,
  persona: "steady",
  firstDay: localDate(new Date(now.getTime() - 365 * 86_400_000), "UTC"),
  lastDay: null,
  timeZone: "UTC",
});

/** The consent page, answered at once as the switches say. */
export function authorize(url: URL, response: ServerResponse, { tokens, failures, now }: Deps): void {
  const redirectUri = url.searchParams.get("redirect_uri") ?? "";
  // A wrong client or address gets a page: nobody is sent to where an attacker wishes.
  if (!url.searchParams.get("client_id") || !URL.canParse(redirectUri)) {
    sendHtml(response, 400, "Invalid redirect_uri: Not valid for this client.");
    return;
  }
  const target = new URL(redirectUri);
  const { denyConsent, consentAs } = failures.switches();
  if (denyConsent) {
    target.searchParams.set("error", "access_denied");
    target.searchParams.set("error_description", "The user refused.");
  } else {
    const person = (consentAs ? personFromToken(consentAs) : null) ?? stranger(now());
    target.searchParams.set("code", tokens.createCode(person, redirectUri));
  }
  const state = url.searchParams.get("state");
  if (state !== null) target.searchParams.set("state", state);
  response.writeHead(302, { location: target.href });
  response.end();
}

const refuse = (response: ServerResponse, status: number, error: string, description: string) =>
  sendJson(response, status, { error, error_description: description });

export async function token(request: IncomingMessage, response: ServerResponse, deps: Deps): Promise<void> {
  const { tokens, failures } = deps;
  const fields = await readFields(request);
  if (!isClient(fields, deps)) return refuse(response, 401, "invalid_client", "Invalid client_secret.");
  if (!fields.redirect_uri) return refuse(response, 400, "invalid_request", "Missing redirect_uri.");
  const grants: Record<string, () => DemoPerson | null> = {
    authorization_code: () => tokens.spendCode(fields.code ?? "", fields.redirect_uri ?? ""),
    refresh_token: () => tokens.spendRefresh(fields.refresh_token ?? ""),
  };
  const grant = grants[fields.grant_type ?? ""];
  if (!grant) return refuse(response, 400, "unsupported_grant_type", "Unknown grant_type.");
  const person = grant();
  if (!person) return refuse(response, 400, "invalid_grant", "Invalid code or refresh_token.");

  const answer = tokens.issue(person, failures.switches().tokenLifetimeSeconds);
  // Form-encoded unless JSON is asked for by name: this is what trips clients.
  if (request.headers.accept?.includes("application/json")) return sendJson(response, 200, answer);
  const form = new URLSearchParams(Object.entries(answer).map(([name, value]) => [name, String(value)]));
  response.writeHead(200, { "content-type": "application/x-www-form-urlencoded" });
  response.end(form.toString());
}

/** 200 also for a token that is dead already. */
export async function revoke(request: IncomingMessage, response: ServerResponse, deps: Deps): Promise<void> {
  const fields = await readFields(request);
  if (!isClient(fields, deps)) return refuse(response, 401, "invalid_client", "Invalid client_secret.");
  if (fields.token) deps.tokens.revoke(fields.token);
  sendJson(response, 200, {});
}

const isClient = (fields: Record<string, string>, { clientSecret }: Deps) =>
  Boolean(fields.client_id && fields.client_secret) && (!clientSecret || fields.client_secret === clientSecret);
