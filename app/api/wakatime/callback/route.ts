import { z } from "zod";
import { getDb } from "@/db/client";
import { apiData, apiError, apiRoute, readBody } from "@/lib/api";
import { actorOf } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { failure } from "@/lib/errors";
import { wakatimeAccess } from "@/lib/wakatime/access";
import { finishConnecting } from "@/lib/wakatime/connect";
import { connectionPage, connectResults, failureOf } from "@/lib/wakatime/connect-result";
import { connectingOff } from "@/lib/wakatime/connect-start";
import { visit } from "../visit";

// Longer than anything WakaTime sends, and short enough to be hashed without a thought.
const text = z.string().max(2_000);
const returnedSchema = z.object({ state: text.optional(), code: text.optional(), error: text.optional() });

/** Where WakaTime sends the browser back to. Leads on to the page, with one word of how it went. */
export const GET = visit(async (request, viewer) => {
  if (connectingOff()) return connectionPage("off");
  const returned = returnedSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!returned.success) return connectionPage("bad-state");
  const db = getDb();
  return connectionPage(await finishConnecting({ db, access: wakatimeAccess(db), viewer }, returned.data));
});

/**
 * The same for clients of v1, whose own page received the code. `state` was optional in v1 and is needed here: without
 * it nobody can tell whose code this is.
 */
export const POST = apiRoute("signed-in", async ({ request, viewer }) => {
  if (!can(actorOf(viewer), "connection.change")) {
    return apiError(failure("forbidden", "Only students connect WakaTime."));
  }
  const body = await readBody(request, z.object({ code: text.min(1), state: text.min(1) }));
  if (!body.ok) return apiError(body);
  const off = connectingOff();
  if (off) return apiError(failure("unavailable", off));
  const db = getDb();
  const result = await finishConnecting({ db, access: wakatimeAccess(db), viewer }, body.data);
  const refused = failureOf(result);
  return refused ? apiError(refused) : apiData({ wakatime_connected: true }, `${connectResults[result].title}.`);
});
