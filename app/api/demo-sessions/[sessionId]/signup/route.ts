import { getDb } from "@/db/client";
import { signUp } from "@/db/mutations/signup";
import { getV1Signup } from "@/db/queries/demo-signup-api";
import { getStudentId } from "@/db/queries/student-refs";
import { apiBare, apiError, apiRoute, readBody } from "@/lib/api";
import { pathId, v1Failure } from "@/lib/api-v1-demo";
import { signupCreateSchema } from "@/lib/api-v1-signup";
import { actorOf } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { inTurn } from "@/lib/demo-sessions/in-turn";
import { failure } from "@/lib/errors";
import { askToSend } from "@/lib/notify/notify";

/** A place, or one in the waiting list: `status` says which. */
export const POST = apiRoute("signed-in", async ({ request, params, viewer }) => {
  const actor = actorOf(viewer);
  if (!can(actor, "signup.change")) return apiError(failure("forbidden", "Only students sign up."));
  const sessionId = pathId(params.sessionId, "session_id");
  if (!sessionId.ok) return apiError(sessionId);
  const body = await readBody(request, signupCreateSchema);
  if (!body.ok) return apiError(body);
  const db = getDb();
  const studentId = await getStudentId(db, viewer.id);
  if (studentId === null) return apiError(failure("not_found", "You have no student profile."));
  const { demo_id: demoId, signup_notes: notes } = body.data;
  const input = { sessionId: sessionId.data, studentId, demoId, notes };
  const done = await inTurn(sessionId.data, () => signUp(db, actor, input, new Date()));
  if (!done.ok) return apiError(v1Failure(done));
  if (done.data.promoted > 0) await askToSend(db);
  return apiBare(await getV1Signup(db, done.data.signupId, viewer));
});
