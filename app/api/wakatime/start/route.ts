import { getDb } from "@/db/client";
import { isForeignWrite } from "@/lib/auth/foreign-write";
import { connectionPage } from "@/lib/wakatime/connect-result";
import { connectingOff, startConnecting } from "@/lib/wakatime/connect-start";
import { visit } from "../visit";

/**
 * The link behind "Connect WakaTime". A link and no form, because the policy's form-action would stop a form on its way
 * to another site. Followed from another site it only leads to the page with the button.
 */
export const GET = visit(async (request, viewer) => {
  if (connectingOff() || isForeignWrite(request.headers)) return connectionPage();
  return startConnecting(getDb(), { userId: viewer.id, sessionId: viewer.sessionId });
});
