import { cookies } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { cache } from "react";
import { getDb } from "@/db/client";
import { getViewerBySessionId, type Viewer } from "@/db/queries/session";
import { requireEnv } from "@/lib/env";
import { actorOf } from "./actor";
import { landingFor } from "./landing";
import { can } from "./permissions";
import { SESSION_COOKIE, verifySessionToken } from "./session-token";
import type { StaffRight } from "./staff-pages";

/** The session id in this request's cookie, when we signed it. Whether it still counts is the database's to say. */
export async function readSessionId(): Promise<string | null> {
  const token = (await cookies()).get(SESSION_COOKIE)?.value;
  return token ? verifySessionToken(token, requireEnv("AUTH_SECRET")) : null;
}

/** Who is signed in, or null. One statement per request however often it is asked, none without a cookie of ours. */
export const getViewer = cache(async (): Promise<Viewer | null> => {
  const sid = await readSessionId();
  return sid ? getViewerBySessionId(getDb(), sid) : null;
});

export { actorOf };

/** The signed-in person, else off to the sign-in page, which leads back to `path`. */
export async function requireViewer(path: string): Promise<Viewer> {
  return (await getViewer()) ?? redirect(`/login?next=${encodeURIComponent(path)}`);
}

/**
 * Gate of the admin area. Others are sent to where their own role starts; staff who may not open this page, for lack of
 * `right`, are told so in its place.
 */
export async function requireStaff(path: string, right?: StaffRight): Promise<Viewer> {
  const viewer = await requireViewer(path);
  const actor = actorOf(viewer);
  if (!can(actor, "staff-area.enter")) redirect(landingFor(viewer.role));
  return !right || can(actor, right) ? viewer : forbidden();
}

/** Gate of the student portal. */
export async function requireStudent(path: string): Promise<Viewer> {
  const viewer = await requireViewer(path);
  return can(actorOf(viewer), "portal.enter") ? viewer : redirect(landingFor(viewer.role));
}
