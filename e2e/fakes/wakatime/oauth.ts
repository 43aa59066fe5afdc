import type { IncomingMessage, ServerResponse } from "node:http";
import { type DemoPerson, personFromToken } from "@/db/seed/coding-generator";
import { localDate } from "@/lib/dates";
import type { Failures } from "./failures";
import { fail, readFields, sendHtml, sendJson } from "./reply";
import type { Tokens } from "./tokens";

const STRANGER_KEY = 900_001;

/** Who is signed in here, as a browser's cookie: an access token, or "deny" before it for somebody who says no. */
export const CONSENT_COOKIE = "wakatime_consent";

type Deps = { tokens: Tokens; failures: Failures; now: () => Date; clientSecret: string | undefined };

/** Whoever stands at the consent page when no test has said who: somebody who has been coding since a year ago. */
const stranger = (now: Date): DemoPerson => ({
  key: STRANGER_KEY,
  persona: "steady",
  firstDay: localDate(new Date(now.getTime() - 365 * 86_400_000), "UTC"),
  lastDay: null,
  timeZone: "UTC",
});

function consentOf(request: IncomingMessage, { failures, now }: Deps) {
  const { denyConsent, consentAs, grantScope } = failures.switches();
  const cookie = new RegExp(`(?:^|;\\s*)${CONSENT_COOKIE}=([^;]+)`).exec(request.headers.cookie ?? "")?.[1];
  const token = cookie?.replace(/^deny-?/, "") || consentAs;
  const person = (token ? personFromToken(token) : null) ?? stranger(now());
  return { denied: denyConsent || cookie?.startsWith("deny"), person, scope: grantScope };
}

/** The consent page, answered at once as the browser's cookie and the switches say. */
export function authorize(request: IncomingMessage, url: URL, response: ServerResponse, deps: Deps): void {
  const { tokens } = deps;
  const redirectUri = url.searchParams.get("redirect_uri") ?? "";
  // A wrong client or address gets a page: nobody is sent to where an attacker wishes.
  if (!url.searchParams.get("client_id") || !URL.canParse(redirectUri)) {
    sendHtml(response, 400, "Invalid redirect_uri: Not valid for this client.");
    return;
  }
  const target = new URL(redirectUri);
  const { denied, person, scope } = consentOf(request, deps);
  if (denied) {
    target.searchParams.set("error", "access_denied");
    target.searchParams.set("error_description", "The user refused.");
  } else {
    // Like the real one it grants what was asked for.
    const granted = scope ?? url.searchParams.get("scope") ?? undefined;
    target.searchParams.set("code", tokens.createCode(person, redirectUri, granted));
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
  // Whose request it is stands in its body, so a failure for one person is looked up here.
  const failure = failures.next({ path: "/oauth/token", person: tokens.holder(fields)?.key, ageDays: undefined }, true);
  if (failure && (await fail(failure, response))) return;
  const grants: Record<string, () => { person: DemoPerson; scope?: string | undefined } | null> = {
    authorization_code: () => tokens.spendCode(fields.code ?? "", fields.redirect_uri ?? ""),
    refresh_token: () => tokens.spendRefresh(fields.refresh_token ?? ""),
  };
  const grant = grants[fields.grant_type ?? ""];
  if (!grant) return refuse(response, 400, "unsupported_grant_type", "Unknown grant_type.");
  const granted = grant();
  if (!granted) return refuse(response, 400, "invalid_grant", "Invalid code or refresh_token.");

  const answer = tokens.issue(granted.person, failures.switches().tokenLifetimeSeconds, granted.scope);
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
