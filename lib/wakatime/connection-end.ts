import type { Database } from "@/db/client";
import { deleteConnection, type HistoryChoice } from "@/db/mutations/connection";
import { getConnectionTokens, type StoredTokens } from "@/db/queries/connection";
import type { Viewer } from "@/db/queries/session";
import type { WakatimeAccess } from "./access";
import type { ConnectResult } from "./connect-result";
import { revokeStored } from "./connection-revoke";

type Options = {
  db: Database;
  /** Null where WakaTime is not configured any more: the link can still be ended here. */
  access: WakatimeAccess | null;
  viewer: Pick<Viewer, "id" | "name" | "role">;
  history: HistoryChoice;
};

/**
 * Ends a person's link: revokes the tokens at WakaTime, then deletes them here, with the days when that was chosen.
 * Revoking comes first, because afterwards nobody has the tokens; when WakaTime cannot be told, the link ends all the
 * same and the result says so. Ending a link that is gone already is a success.
 */
export async function endConnection({ db, access, viewer, history }: Options): Promise<ConnectResult> {
  const actor = { type: "user", id: viewer.id, role: viewer.role } as const;
  const tell = async (tokens: StoredTokens) => (access ? revokeStored(access, viewer.id, tokens) : false);
  const stored = await getConnectionTokens(db, viewer.id);
  let told = stored ? await tell(stored) : true;
  const ending = { userId: viewer.id, name: viewer.name, history, toldWakatime: told };
  const deleted = await deleteConnection(db, actor, ending);
  // A sync renewed the tokens meanwhile: these are the ones that count.
  if (deleted && deleted.accessTokenEncrypted !== stored?.accessTokenEncrypted) told = await tell(deleted);
  if (history === "delete") return told ? "disconnected-deleted" : "disconnected-untold-deleted";
  return told ? "disconnected" : "disconnected-untold";
}
