import { z } from "zod";
import { getDb } from "@/db/client";
import { markSignup } from "@/db/mutations/signup-mark";
import { getRunningSession, getSessionOfSignup } from "@/db/queries/demo-session-page";
import { apiData, apiError, apiRoute, readBody } from "@/lib/api";
import { actorOf } from "@/lib/auth/current";
import { failure } from "@/lib/errors";
import { textField } from "@/lib/form-fields";
import { LARGEST_ID, parseAsId } from "@/lib/table-params";

const NOTES_CHARS = 4_000;

const mark = z.object({
  /** Who made it: a mark that waited is not sent in the name of whoever signed in on that device since. */
  by: z.number().int().optional(),
  signupId: z.number().int().min(1).max(LARGEST_ID),
  status: z.enum(["scheduled", "presented", "no_show"]).optional(),
  rating: z.number().int().min(1).max(5).nullable().optional(),
  notes: textField(NOTES_CHARS)
    .transform((text) => text || null)
    .nullable()
    .optional(),
  /** The sign-up as whoever marked it saw it. */
  version: z.number().int().min(1).optional(),
});

const gone = () => apiError(failure("not_found", "There is no such sign-up in this session any more."));

/** The sign-ups as they stand, for run mode: it asks now and then, without leaving the page. */
export const GET = apiRoute("staff", async ({ params }) => {
  const id = parseAsId.parse(params.sessionId ?? "");
  const session = id && (await getRunningSession(getDb(), id, new Date()));
  return session ? apiData({ signups: session.signups }) : gone();
});

/**
 * One mark: how a presentation went, its rating, what was noted. Sent again after a lost answer it changes nothing; where
 * somebody else was first, the refusal says what the sign-up is now.
 */
export const POST = apiRoute("staff", async ({ request, params, viewer }) => {
  const body = await readBody(request, mark);
  if (!body.ok) return apiError(body);
  const { by, signupId, ...change } = body.data;
  if (by !== undefined && by !== viewer.id) {
    return apiError(failure("unauthenticated", "Somebody else is signed in by now."));
  }
  const db = getDb();
  if ((await getSessionOfSignup(db, signupId)) !== parseAsId.parse(params.sessionId ?? "")) return gone();
  const result = await markSignup(db, actorOf(viewer), signupId, change, new Date());
  if (result.ok) return apiData(result.data);
  const refused = apiError(result);
  if (!result.now) return refused;
  const { status, headers } = refused;
  return Response.json({ ...(await refused.json()), data: result.now }, { status, headers });
});
