import type { Db } from "@/db/client";
import { createOauthState, type StateOwner } from "@/db/mutations/oauth-state";
import { env, requireEnv } from "@/lib/env";
import { callbackUrl, isWakatimeConfigured } from "./access";

/** All that the client reads: daily summaries and today's figure. The profile needs no scope. */
export const CONNECT_SCOPE = "read_summaries";

type Place = { preview: boolean; configured: boolean; appUrl: string | undefined };

const currentPlace = (): Place => ({
  preview: process.env.VERCEL_ENV === "preview",
  configured: isWakatimeConfigured(),
  appUrl: env().APP_URL,
});

/** Why nobody can connect here, as a sentence for a student; null where connecting works. */
export function connectingOff({ preview, configured, appUrl }: Place = currentPlace()): string | null {
  if (preview) {
    return "This is a preview of the product. Its address changes, and WakaTime sends people back to a fixed one only, so connecting is off here.";
  }
  if (!configured) return "Your academy has not set up WakaTime yet, so connecting is off. Please ask them.";
  if (!appUrl) {
    return "The address of this site is not fixed (APP_URL is not set), so WakaTime would not know where to send you back. Connecting is off until your academy sets it.";
  }
  return null;
}

type Application = { oauthUrl: string; clientId: string; redirectUri: string };

const ourApplication = (): Application => ({
  oauthUrl: env().WAKATIME_OAUTH_URL.replace(/\/+$/, ""),
  clientId: requireEnv("WAKATIME_CLIENT_ID"),
  redirectUri: callbackUrl(),
});

/** WakaTime's consent page for our application (contract 1.1). */
export function authorizationUrl(state: string, { oauthUrl, clientId, redirectUri }: Application): string {
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    redirect_uri: redirectUri,
    scope: CONNECT_SCOPE,
    state,
  });
  return `${oauthUrl}/authorize?${query}`;
}

/** Opens a state for this person and session, good once within ten minutes; returns where to send the browser. */
export async function startConnecting(db: Db, owner: StateOwner, application = ourApplication()): Promise<string> {
  return authorizationUrl(await createOauthState(db, owner), application);
}
