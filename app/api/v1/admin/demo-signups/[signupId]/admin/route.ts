import { getDb } from "@/db/client";
import { withdrawSignup } from "@/db/mutations/signup";
import { markSignup } from "@/db/mutations/signup-mark";
import { getV1Signup } from "@/db/queries/demo-signup-api";
import { apiBare, apiError, apiRoute, readBody } from "@/lib/api";
import { pathId, v1Failure } from "@/lib/api-v1-demo";
import { signupMarkSchema, toMarking } from "@/lib/api-v1-signup";
import { actorOf } from "@/lib/auth/current";
import { askToSend } from "@/lib/notify/notify";

const MARK_NAMES = { rating: "presentation_rating", notes: "presentation_notes" };

/** Presented or not, rating and feedback; `status: "cancelled"` takes the student out, and the place goes on. */
export const PUT = apiRoute("staff", async ({ request, params, viewer }) => {
  const id = pathId(params.signupId, "signup_id");
  if (!id.ok) return apiError(id);
  const body = await readBody(request, signupMarkSchema);
  if (!body.ok) return apiError(body);
  const marking = toMarking(body.data);
  if (!marking.ok) return apiError(marking);
  const db = getDb();
  const actor = actorOf(viewer);
  const now = new Date();
  const done =
    marking.data.kind === "withdraw"
      ? await withdrawSignup(db, actor, id.data, now)
      : await markSignup(db, actor, id.data, marking.data.mark, now);
  if (!done.ok) return apiError(v1Failure(done, MARK_NAMES));
  if (marking.data.kind === "withdraw") await askToSend(db);
  return apiBare(await getV1Signup(db, id.data, viewer));
});
