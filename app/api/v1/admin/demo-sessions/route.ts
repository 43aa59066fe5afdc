import { getDb } from "@/db/client";
import { getV1Session, listV1Sessions } from "@/db/queries/demo-session-api";
import { apiBare, apiError, apiRoute, readBody, readQuery } from "@/lib/api";
import { sessionCreateSchema, sessionListQuery, v1SessionFailure } from "@/lib/api-v1-demo";
import { actorOf } from "@/lib/auth/current";
import { createV1Sessions } from "@/lib/demo-sessions/v1-sessions";
import { askToSend } from "@/lib/notify/notify";

/** Bare, as v1 has it. */
export const GET = apiRoute("staff", async ({ request }) => {
  const query = readQuery(request, sessionListQuery);
  if (!query.ok) return apiError(query);
  const { include_inactive: inactive, include_cancelled: cancelled } = query.data;
  return apiBare(await listV1Sessions(getDb(), { inactive, cancelled }));
});

export const POST = apiRoute("staff", async ({ request, viewer }) => {
  const body = await readBody(request, sessionCreateSchema);
  if (!body.ok) return apiError(body);
  const db = getDb();
  const made = await createV1Sessions(db, actorOf(viewer), [body.data], new Date());
  if (!made.ok) return apiError(v1SessionFailure(made));
  await askToSend(db);
  return apiBare(await getV1Session(db, made.data[0] as number, viewer));
});
