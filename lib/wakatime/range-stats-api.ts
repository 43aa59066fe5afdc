import type { z } from "zod";
import { getDb } from "@/db/client";
import type { Viewer } from "@/db/queries/session";
import { apiData, apiError } from "@/lib/api";
import { actorOf } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { failure } from "@/lib/errors";
import { isWakatimeConfigured, wakatimeAccess } from "./access";
import { type rangeSchema, readRangeStats } from "./range-stats";

export async function answerRangeStats(viewer: Viewer, range: z.infer<typeof rangeSchema>): Promise<Response> {
  if (!can(actorOf(viewer), "portal.enter")) {
    return apiError(failure("forbidden", "Only students have coding time of their own."));
  }
  const db = getDb();
  const access = isWakatimeConfigured() ? wakatimeAccess(db) : null;
  const result = await readRangeStats({ db, access, userId: viewer.id, range, now: () => new Date() });
  return result.ok ? apiData(result.data.stats, result.data.message) : apiError(result);
}
