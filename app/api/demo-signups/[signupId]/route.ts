import { getDb } from "@/db/client";
import { editSignup, withdrawSignup } from "@/db/mutations/signup";
import { getV1Signup } from "@/db/queries/demo-signup-api";
import type { Viewer } from "@/db/queries/session";
import { apiBare, apiError, apiRoute, readBody } from "@/lib/api";
import { noContent, pathId, v1Failure } from "@/lib/api-v1-demo";
import { signupUpdateSchema } from "@/lib/api-v1-signup";
import { actorOf } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { inTurn } from "@/lib/demo-sessions/in-turn";
import { failure, ok } from "@/lib/errors";
import { askToSend } from "@/lib/notify/notify";

/** The caller's own sign-up. Somebody else's is no more to be found than one that never was. */
async function ownSignup(id: string | undefined, viewer: Viewer) {
  if (!can(actorOf(viewer), "signup.change")) return failure("forbidden", "Only students sign up.");
  const signupId = pathId(id, "signup_id");
  if (!signupId.ok) return signupId;
  const signup = await getV1Signup(getDb(), signupId.data, viewer);
  return signup?.student.user_id === viewer.id ? ok(signup) : failure("not_found", "You have no such sign-up.");
}

export const PUT = apiRoute("signed-in", async ({ request, params, viewer }) => {
  const own = await ownSignup(params.signupId, viewer);
  if (!own.ok) return apiError(own);
  const body = await readBody(request, signupUpdateSchema);
  if (!body.ok) return apiError(body);
  const { id, demo_id, signup_notes, version } = own.data;
  const change = {
    demoId: body.data.demo_id === undefined ? demo_id : body.data.demo_id,
    notes: body.data.signup_notes === undefined ? signup_notes : body.data.signup_notes,
    version: body.data.version ?? version,
  };
  const done = await editSignup(getDb(), actorOf(viewer), id, change, new Date());
  return done.ok ? apiBare(await getV1Signup(getDb(), id, viewer)) : apiError(v1Failure(done));
});

/** The place goes to who waits; the sign-up stays, as cancelled, where v1 lost it. */
export const DELETE = apiRoute("signed-in", async ({ params, viewer }) => {
  const own = await ownSignup(params.signupId, viewer);
  if (!own.ok) return apiError(own);
  const db = getDb();
  const { id, session_id } = own.data;
  const done = await inTurn(session_id, () => withdrawSignup(db, actorOf(viewer), id, new Date()));
  if (!done.ok) return apiError(v1Failure(done));
  if (done.data.promoted > 0) await askToSend(db);
  return noContent();
});
