import { getDb } from "@/db/client";
import { getV1Session } from "@/db/queries/demo-session-api";
import { apiBare, apiError, apiRoute, readBody, readQuery } from "@/lib/api";
import { noContent, pathId, sessionDeleteQuery, sessionUpdateSchema, v1SessionFailure } from "@/lib/api-v1-demo";
import { changeV1Session, removeV1Session } from "@/lib/demo-sessions/v1-sessions";
import { failure } from "@/lib/errors";
import { askToSend } from "@/lib/notify/notify";

const idOf = (params: Record<string, string>) => pathId(params.sessionId, "session_id");

export const GET = apiRoute("staff", async ({ params, viewer }) => {
  const id = idOf(params);
  if (!id.ok) return apiError(id);
  const session = await getV1Session(getDb(), id.data, viewer);
  return session ? apiBare(session) : apiError(failure("not_found", "There is no such demo session."));
});

export const PUT = apiRoute("staff", async ({ request, params, viewer }) => {
  const id = idOf(params);
  if (!id.ok) return apiError(id);
  const body = await readBody(request, sessionUpdateSchema);
  if (!body.ok) return apiError(body);
  const db = getDb();
  const changed = await changeV1Session(db, viewer, id.data, body.data, new Date());
  if (!changed.ok) return apiError(v1SessionFailure(changed));
  await askToSend(db);
  return apiBare(changed.data);
});

/** `?signups=delete`, or `?signups=move&target_id=…`; `&tell=false` tells nobody. */
export const DELETE = apiRoute("staff", async ({ request, params, viewer }) => {
  const id = idOf(params);
  if (!id.ok) return apiError(id);
  const query = readQuery(request, sessionDeleteQuery);
  if (!query.ok) return apiError(query);
  const db = getDb();
  const done = await removeV1Session(db, viewer, id.data, query.data, new Date());
  if (!done.ok) return apiError(v1SessionFailure(done));
  await askToSend(db);
  return noContent();
});
