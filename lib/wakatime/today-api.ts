import { getDb } from "@/db/client";
import type { Viewer } from "@/db/queries/session";
import { apiData, apiError } from "@/lib/api";
import { actorOf } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { failure } from "@/lib/errors";
import { isWakatimeConfigured, wakatimeAccess } from "./access";
import { readToday } from "./today";

/** What both addresses of the route answer; the request's body, if any, is not looked at. */
export async function answerToday(viewer: Viewer): Promise<Response> {
  if (!can(actorOf(viewer), "portal.enter")) {
    return apiError(failure("forbidden", "Only students have coding time of their own."));
  }
  const db = getDb();
  const access = isWakatimeConfigured() ? wakatimeAccess(db) : null;
  const result = await readToday({ db, access, userId: viewer.id, now: () => new Date() });
  return result.ok ? apiData(result.data.day, result.data.message) : apiError(result);
}
