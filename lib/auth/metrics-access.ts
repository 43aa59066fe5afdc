import { timingSafeEqual } from "node:crypto";
import { getDb } from "@/db/client";
import { holdsApiToken } from "@/db/queries/api-token";
import { env } from "@/lib/env";
import { actorOf, getViewer } from "./current";
import { can } from "./permissions";
import { hashToken } from "./session-token";

/** What an API token says that may read how the installation runs. */
export const METRICS_SCOPE = "metrics.read";

const sameSecret = (given: string, ours: string): boolean => timingSafeEqual(hashToken(given), hashToken(ours));

/**
 * Who may read metrics: METRICS_TOKEN, which needs no database, so that they can be read when it is away; an API token
 * with METRICS_SCOPE; an admin who is signed in. Otherwise the status of the refusal.
 */
export async function metricsAccess(request: Request): Promise<200 | 401 | 403> {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (bearer) {
    const { METRICS_TOKEN } = env();
    if (METRICS_TOKEN && sameSecret(bearer, METRICS_TOKEN)) return 200;
    return (await holdsApiToken(getDb(), hashToken(bearer), METRICS_SCOPE)) ? 200 : 401;
  }
  const viewer = await getViewer();
  if (!viewer) return 401;
  return can(actorOf(viewer), "operations.read") ? 200 : 403;
}
