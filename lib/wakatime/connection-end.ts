import type { Database } from "@/db/client";
import { deleteConnection, type HistoryChoice } from "@/db/mutations/connection";
import { getConnectionTokens } from "@/db/queries/connection";
import type { Viewer } from "@/db/queries/session";
import type { Actor } from "@/lib/auth/permissions";
import type { WakatimeAccess } from "./access";
import type { ConnectResult } from "./connect-result";
import { revokeStored } from "./connection-revoke";

type Options = {
  db: Database;
  /** Null where WakaTime is not configured any more: the link can still be ended here. */
  access: WakatimeAccess | null;
  viewer: Pick<Viewer, "id" | "name" | "role">;
  history: HistoryChoice;
  /** Who ends it, where it is not its owner. */
  by?: Actor;
};

/**
 * Ends a person's link: revokes the tokens at WakaTime, then deletes them here, with the days when that was chosen.
 * Revoking comes first, because afterwards nobody has the tokens; when WakaTime cannot be told, the link ends all the
 * same and the result says so. Ending a link that is gone already is a success.
 */
export async function endConnection({ db, access, viewer, history, by }: Options): Promise<ConnectResult> {
  const actor: Actor = by ?? { type: "user", id: viewer.id, role: viewer.role };
  const who = { userId: viewer.id, name: viewer.name };
  let told = true;
  // Again only when a sync renewed the tokens meanwhile, or another window connected: those are the ones that count.
  for (let ended = false; !ended; ) {
    const stored = await getConnectionTokens(db, viewer.id);
    if (stored) told = access ? await revokeStored(access, viewer.id, stored) : false;
    const accessTokenEncrypted = stored?.accessTokenEncrypted ?? null;
    ended = await deleteConnection(db, actor, { ...who, history, toldWakatime: told, accessTokenEncrypted });
  }
  if (history === "delete") return told ? "disconnected-deleted" : "disconnected-untold-deleted";
  return told ? "disconnected" : "disconnected-untold";
}
