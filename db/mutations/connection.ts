import { and, eq, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { connection, dailySummary, syncGap } from "@/db/schema";
import type { Actor } from "@/lib/auth/permissions";
import { recordAudit } from "./audit";

/** Whose link it is; the name stands in the audit log. */
export type LinkOwner = { userId: number; name: string };

type NewLink = LinkOwner &
  Pick<
    typeof connection.$inferInsert,
    | "wakatimeUid"
    | "accessTokenEncrypted"
    | "refreshTokenEncrypted"
    | "keyId"
    | "scopes"
    | "expiresAt"
    | "plan"
    | "timeZone"
    | "timeoutMinutes"
    | "writesOnly"
  >;

const tokens = {
  keyId: connection.keyId,
  accessTokenEncrypted: connection.accessTokenEncrypted,
  refreshTokenEncrypted: connection.refreshTokenEncrypted,
};

/**
 * Writes a person's link in the caller's transaction, in place of the one they have. Returns what stood there before,
 * or null. Fails on `idx_connection_wakatime_uid` when the WakaTime account is linked to somebody else. What a plan
 * withheld is forgotten: it may be another plan by now, and what is withheld again is recorded again.
 */
export async function saveConnection(tx: Db, actor: Actor, { name, ...link }: NewLink) {
  const [before] = await tx
    .select({
      status: connection.status,
      wakatimeUid: connection.wakatimeUid,
      lastSyncedAt: connection.lastSyncedAt,
      tokens,
    })
    .from(connection)
    .where(eq(connection.userId, link.userId))
    .for("update");
  const fresh = {
    ...link,
    status: "active" as const,
    brokenAt: null,
    consecutiveFailures: 0,
    lastError: null,
    todayDate: null,
    todayMs: null,
    todayFetchedAt: null,
    // A sync that still holds the old tokens has lost its lease, and writes neither days nor renewed tokens.
    leaseOwner: null,
    leaseUntil: null,
  };
  const sameAccount = sql`connection.wakatime_uid = excluded.wakatime_uid`;
  await tx
    .insert(connection)
    .values(fresh)
    .onConflictDoUpdate({
      target: connection.userId,
      // Another account has told us nothing yet, however fresh the days of the former one are, and is connected as of now.
      set: {
        ...fresh,
        lastSyncedAt: sql`case when ${sameAccount} then connection.last_synced_at end`,
        createdAt: sql`case when ${sameAccount} then connection.created_at else now() end`,
      },
    });
  await tx.delete(syncGap).where(eq(syncGap.userId, link.userId));
  await recordAudit(tx, actor, {
    action: before ? "connection.reconnect" : "connection.connect",
    subjectType: "user",
    subjectId: link.userId,
    label: name,
    ...(before ? { before: { status: before.status, wakatimeUid: before.wakatimeUid } } : {}),
    after: { status: "active", wakatimeUid: link.wakatimeUid, scopes: link.scopes, plan: link.plan },
  });
  return before ?? null;
}

/** What becomes of the days when the link ends. */
export const historyChoices = ["keep", "delete"] as const;
export type HistoryChoice = (typeof historyChoices)[number];

type Ending = LinkOwner & {
  history: HistoryChoice;
  toldWakatime: boolean;
  /** Of the link that WakaTime was told about; null when there was none. */
  accessTokenEncrypted: string | null;
};

/**
 * Ends a person's link and, when they wish so, deletes the days that came from WakaTime. False when it is not the link
 * that WakaTime was told about, because it was renewed, connected anew or ended meanwhile: nothing has happened then.
 * The row goes first: a sync that writes days holds it while it does, and finds it gone afterwards.
 */
export const deleteConnection = (db: Database, actor: Actor, ending: Ending): Promise<boolean> =>
  db.transaction(async (tx) => {
    const { userId, name, history, toldWakatime, accessTokenEncrypted } = ending;
    const own = eq(connection.userId, userId);
    const [link] = await tx
      .select({ status: connection.status, accessTokenEncrypted: connection.accessTokenEncrypted })
      .from(connection)
      .where(own)
      .for("update");
    if ((link?.accessTokenEncrypted ?? null) !== accessTokenEncrypted) return false;
    await tx.delete(connection).where(own);
    const daysDeleted = history === "delete" ? await deleteHistory(tx, userId) : 0;
    if (!link && daysDeleted === 0) return true;
    await recordAudit(tx, actor, {
      action: "connection.disconnect",
      subjectType: "user",
      subjectId: userId,
      label: name,
      ...(link ? { before: { status: link.status } } : {}),
      after: { history, daysDeleted, toldWakatime },
    });
    return true;
  });

/** The days, with their items, and the gaps between them. */
async function deleteHistory(tx: Db, userId: number): Promise<number> {
  const days = await tx
    .delete(dailySummary)
    .where(and(eq(dailySummary.userId, userId), eq(dailySummary.source, "wakatime")))
    .returning({ id: dailySummary.id });
  await tx.delete(syncGap).where(eq(syncGap.userId, userId));
  return days.length;
}
