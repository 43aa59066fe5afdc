import { getDb } from "@/db/client";
import { listV1SessionsById } from "@/db/queries/demo-session-api";
import { apiBare, apiError, apiRoute, readBody } from "@/lib/api";
import { bulkCreateSchema, v1SessionFailure } from "@/lib/api-v1-demo";
import { actorOf } from "@/lib/auth/current";
import { createV1Sessions } from "@/lib/demo-sessions/v1-sessions";
import { askToSend } from "@/lib/notify/notify";

/** All or nothing, as v1 has it: where days have a session already, they are named and none is created. */
export const POST = apiRoute("staff", async ({ request, viewer }) => {
  const body = await readBody(request, bulkCreateSchema);
  if (!body.ok) return apiError(body);
  const db = getDb();
  const made = await createV1Sessions(db, actorOf(viewer), body.data, new Date());
  if (!made.ok) return apiError(v1SessionFailure(made));
  await askToSend(db);
  return apiBare(await listV1SessionsById(db, made.data));
});
