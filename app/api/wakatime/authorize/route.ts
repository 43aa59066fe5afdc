import { getDb } from "@/db/client";
import { apiBare, apiError, apiRoute } from "@/lib/api";
import { actorOf } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { failure, LOOKING_ONLY } from "@/lib/errors";
import { connectingOff, startConnecting } from "@/lib/wakatime/connect-start";

/** Bare, as v1 has it. The address is good for one way back, within ten minutes, in this session. */
export const GET = apiRoute("signed-in", async ({ viewer }) => {
  if (!can(actorOf(viewer), "connection.change")) {
    return apiError(failure("forbidden", "Only students connect WakaTime."));
  }
  // It opens a state, though it is a GET.
  if (viewer.viewedBy) return apiError(failure("forbidden", LOOKING_ONLY));
  const off = connectingOff();
  if (off) return apiError(failure("unavailable", off));
  const owner = { userId: viewer.id, sessionId: viewer.sessionId };
  return apiBare({ authorization_url: await startConnecting(getDb(), owner) });
});
