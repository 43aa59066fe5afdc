import type { Database, Db } from "@/db/client";
import { saveConnection } from "@/db/mutations/connection";
import { spendOauthState } from "@/db/mutations/oauth-state";
import type { Viewer } from "@/db/queries/session";
import { getToday } from "@/db/queries/today";
import { isTimeZone } from "@/lib/dates";
import { violatedConstraint } from "@/lib/errors";
import type { Enqueue } from "@/lib/jobs/definition";
import { startSync } from "@/lib/jobs/sync-start";
import { describeError } from "@/lib/observability/describe-error";
import { log } from "@/lib/observability/log";
import type { WakatimeAccess } from "./access";
import { KEYSTROKE_TIMEOUT_MINUTES, WRITES_ONLY } from "./client";
import type { ConnectResult } from "./connect-result";
import { CONNECT_SCOPE } from "./connect-start";
import { missedDays } from "./connect-window";
import { giveBack, revokeStored } from "./connection-revoke";
import { WakatimeError } from "./errors";
import { expiryOf } from "./refresh";
import type { CurrentUser, TokenAnswer } from "./shapes";
import { encryptTokenPair } from "./token-crypto";

/** A person waits for the page: longer than this and they are asked to try again. */
const PATIENCE_MS = 25_000;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What WakaTime's consent page sent the browser back with. */
export type Returned = { state?: string | undefined; code?: string | undefined; error?: string | undefined };

type Options = {
  db: Database;
  access: WakatimeAccess;
  viewer: Pick<Viewer, "id" | "sessionId" | "name" | "role">;
  now?: () => Date;
  enqueue?: Enqueue;
};

/**
 * The way back from WakaTime: spends the state, trades the code for tokens, reads whose they are, and saves the link
 * with its first sync, all or nothing. Whatever is refused after the tokens were given, they are given back.
 */
export async function finishConnecting(options: Options, returned: Returned): Promise<ConnectResult> {
  const { db, access, viewer } = options;
  const owner = { userId: viewer.id, sessionId: viewer.sessionId };
  const state = await spendOauthState(db, returned.state ?? "", owner);
  if (state.id === null) {
    log.warn({ user: viewer.id, state: state.refused }, "a return from WakaTime was refused");
    return "bad-state";
  }
  if (returned.error) return returned.error === "access_denied" ? "declined" : "not-exchanged";
  if (!returned.code) return "not-exchanged";

  const signal = AbortSignal.timeout(PATIENCE_MS);
  let answer: TokenAnswer;
  try {
    answer = await access.client.exchangeCode(returned.code, { signal, urgency: "interactive" });
  } catch (error) {
    return resultOf(error, viewer.id, signal);
  }
  try {
    return await linkTo(options, answer, { stateId: state.id, signal });
  } catch (error) {
    await giveBack(access.client, answer.accessToken);
    return resultOf(error, viewer.id, signal);
  }
}

/** What a failed call means for the person who waits. Faults that are no answer of WakaTime's are thrown on. */
function resultOf(error: unknown, user: number, signal: AbortSignal): ConnectResult {
  if (signal.aborted && error === signal.reason) {
    log.warn({ user }, "WakaTime took too long while connecting");
    return "unavailable";
  }
  if (!(error instanceof WakatimeError)) throw error;
  log.warn({ user, kind: error.kind, status: error.status }, "WakaTime did not answer as hoped while connecting");
  if (error.kind === "scope") return "scope-missing";
  const later = error.kind === "unavailable" || error.kind === "rate_limited" || error.kind === "not_ready";
  return later ? "unavailable" : "not-exchanged";
}

type Given = { stateId: number; signal: AbortSignal };

async function linkTo(options: Options, answer: TokenAnswer, given: Given): Promise<ConnectResult> {
  const { access, viewer } = options;
  const refuse = async (result: ConnectResult, why: string) => {
    log.warn({ user: viewer.id, why }, "a WakaTime account was not linked");
    await giveBack(access.client, answer.accessToken);
    return result;
  };
  if (answer.scopes.length > 0 && !answer.scopes.includes(CONNECT_SCOPE)) return refuse("scope-missing", "scope");
  // Without it the link would break for good within a year, and nobody would know why.
  if (!answer.refreshToken) return refuse("not-exchanged", "no refresh token");

  const how = { signal: given.signal, urgency: "interactive" } as const;
  const profile = await access.client.currentUser(answer.accessToken, how);
  const uid = profile.id.toLowerCase();
  if (!UUID.test(uid)) return refuse("not-exchanged", "the account has no id");
  if (answer.uid && answer.uid.toLowerCase() !== uid) return refuse("not-exchanged", "two account ids");
  try {
    return await save(options, { answer, refreshToken: answer.refreshToken, profile, uid }, given.stateId);
  } catch (error) {
    if (violatedConstraint(error) !== "idx_connection_wakatime_uid") throw error;
    return refuse("account-taken", "linked to another student");
  }
}

type Account = { answer: TokenAnswer; refreshToken: string; profile: CurrentUser; uid: string };

/** Link, audit event and first sync in one transaction; then the tokens of the link that it replaced are revoked. */
async function save(options: Options, account: Account, stateId: number): Promise<ConnectResult> {
  const { db, access, viewer, now = () => new Date(), enqueue } = options;
  const { answer, refreshToken, profile, uid } = account;
  const actor = { type: "user", id: viewer.id, role: viewer.role } as const;
  const { before, started } = await db.transaction(async (tx) => {
    const before = await saveConnection(tx, actor, {
      userId: viewer.id,
      name: viewer.name,
      wakatimeUid: uid,
      ...encryptTokenPair(viewer.id, { accessToken: answer.accessToken, refreshToken }, access.keys),
      // By RFC 6749 an answer that names no scope grants what was asked for.
      scopes: answer.scopes.length > 0 ? answer.scopes : [CONNECT_SCOPE],
      expiresAt: expiryOf(answer, now()),
      plan: profile.plan ?? null,
      timeZone: profile.timezone && isTimeZone(profile.timezone) ? profile.timezone : null,
      // Everybody's days are counted by the same rules, whatever their own preferences are.
      timeoutMinutes: KEYSTROKE_TIMEOUT_MINUTES,
      writesOnly: WRITES_ONLY,
    });
    const silentSince = before?.wakatimeUid === uid ? before.lastSyncedAt : null;
    const range = silentSince ? await missedOf(tx, viewer.id, silentSince, now()) : null;
    const started = await startSync(tx, {
      actor,
      scope: { userId: viewer.id },
      key: `connect:${stateId}`,
      scheduledFor: now(),
      ...(range ? { range } : {}),
      ...(enqueue ? { enqueue } : {}),
    }).then(
      () => true,
      (error: unknown) => {
        // The code is spent: a link without its first sync is better than none, and the night brings the hours.
        log.error({ user: viewer.id, ...describeError(error) }, "the first sync of a link could not be started");
        return false;
      },
    );
    return { before, started };
  });
  if (before) await revokeStored(access, viewer.id, before.tokens);
  if (before && before.wakatimeUid !== uid) return "another-account";
  if (!started) return "connected-later";
  return before ? "reconnected" : "connected";
}

async function missedOf(tx: Db, userId: number, lastSyncedAt: Date, now: Date) {
  const { date, timeZone } = await getToday(tx, userId, now);
  return missedDays({ lastSyncedAt, today: date, timeZone });
}
