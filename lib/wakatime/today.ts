import type { Db } from "@/db/client";
import { keepToday } from "@/db/mutations/today";
import { getToday, type Today } from "@/db/queries/today";
import { type ActionResult, failure, ok } from "@/lib/errors";
import type { WakatimeAccess } from "./access";
import { WakatimeError } from "./errors";
import { personMemory } from "./person-memory";
import { type DayJson, dayJson } from "./summary-json";
import { lasts, type NoLiveReason, reasonOfBar, sayWhy } from "./today-reason";
import { decryptToken, TokenCryptoError, tokenAad } from "./token-crypto";
import { type CodingDay, codingDays } from "./transform";

/** A live figure this old is as good as a new one. */
export const LIVE_MS = 120_000;
/** A person waits for the answer, and there is a stored one to fall back to. */
const ASK_TIMEOUT_MS = 4_000;
const RETRY_AFTER_SECONDS = 30;
/** After a refusal WakaTime is left alone for this long, with this token. */
const QUIET_MS = 60_000;

export type TodayJson = DayJson & {
  /** When WakaTime was asked, or when the stored day was last synced. */
  as_of: string;
  /** Not from the last two minutes. */
  stale: boolean;
  source: "live" | "stored";
  /** False when only the total is known: the lists are empty then, which says nothing. */
  details: boolean;
};

export type TodayAnswer = { day: TodayJson | null; message: string | null };

type Options = {
  db: Db;
  /** Null where this installation cannot speak to WakaTime. */
  access: WakatimeAccess | null;
  userId: number;
  now: () => Date;
  timeoutMs?: number;
};

type LiveDay = { uid: string; day: CodingDay; fetchedAt: Date };
type Asked = LiveDay | { reason: NoLiveReason };

/** The whole of what was told, beside the total that the database keeps for every process. */
const remembered = personMemory<LiveDay>();
/** Refusals, each of the very token that was refused. */
const refusals = personMemory<{ accessToken: string; reason: NoLiveReason; until: number }>();
/** Requests of one person that come together share one call. */
const underWay = new Map<number, Promise<Asked>>();

/**
 * One person's local today: from a value at most two minutes old, else asked of WakaTime once and at once, else as it
 * is stored. Never waits for the rate limit, never renews a token, and never makes a zero of what is not known.
 */
export async function readToday(options: Options): Promise<ActionResult<TodayAnswer>> {
  const now = options.now();
  const today = await getToday(options.db, options.userId, now);
  const { link } = today;
  if (!link) return failure("conflict", "WakaTime is not connected. Please connect it in the portal first.");

  const known = newest(kept(today), rememberedFor(options.userId, link.uid, today.date));
  if (known && now.getTime() - known.fetchedAt.getTime() <= LIVE_MS) return ok(live(today, known));
  const asked = await askShared(options, today, link);
  return "day" in asked ? ok(live(today, asked)) : withoutLive(today, known, asked.reason);
}

function newest(...all: (LiveDay | null)[]): LiveDay | null {
  const known = all.filter((each) => each !== null);
  // Of two told at the same time the one with lists.
  const better = (a: LiveDay, b: LiveDay) =>
    b.fetchedAt.getTime() - a.fetchedAt.getTime() || b.day.items.length - a.day.items.length;
  return known.sort(better)[0] ?? null;
}

/** The total as another process, or this one before a restart, has kept it. */
function kept({ live: figure, link, date, timeZone }: Today): LiveDay | null {
  if (!figure || !link) return null;
  return { uid: link.uid, day: { date, timeZone, totalMs: figure.ms, items: [] }, fetchedAt: figure.fetchedAt };
}

function rememberedFor(userId: number, uid: string, date: string): LiveDay | null {
  const found = remembered.get(userId);
  return found && found.uid === uid && found.day.date === date ? found : null;
}

function rememberRefusal({ userId, now }: Options, { accessTokenEncrypted }: Link, asked: Asked): void {
  refusals.forget(userId);
  if ("day" in asked || !lasts(asked.reason)) return;
  const until = now().getTime() + QUIET_MS;
  refusals.keep(userId, { accessToken: accessTokenEncrypted, reason: asked.reason, until });
}

type Link = NonNullable<Today["link"]>;

function askShared(options: Options, today: Today, link: Link): Promise<Asked> {
  const { access, userId, now } = options;
  if (!access) return Promise.resolve({ reason: "off" });
  if (link.barred) return Promise.resolve({ reason: reasonOfBar(link.barred) });
  if (link.expired) return Promise.resolve({ reason: "expired" });
  const refused = refusals.get(userId);
  if (refused && refused.accessToken === link.accessTokenEncrypted && now().getTime() < refused.until) {
    return Promise.resolve({ reason: refused.reason });
  }
  const running = underWay.get(userId);
  if (running) return running;
  const asking = askOnce(options, access, today, link).finally(() => underWay.delete(userId));
  underWay.set(userId, asking);
  return asking;
}

async function askOnce(options: Options, access: WakatimeAccess, today: Today, link: Link): Promise<Asked> {
  const asked = await ask(options, access, today, link);
  rememberRefusal(options, link, asked);
  return asked;
}

async function ask(options: Options, { client, keys }: WakatimeAccess, today: Today, link: Link): Promise<Asked> {
  const { db, userId, now, timeoutMs = ASK_TIMEOUT_MS } = options;
  const { date, timeZone } = today;
  const signal = AbortSignal.timeout(timeoutMs);
  const fetchedAt = now();
  try {
    const stored = { keyId: link.keyId, ciphertext: link.accessTokenEncrypted };
    const token = decryptToken(stored, keys, tokenAad(userId, "access"));
    const answer = await client.statusBarToday(token, { urgency: "at-once", signal });
    if (!answer.cached_at || !answer.data.range.date) return { reason: "cold" };
    const [day] = codingDays({ data: [answer.data] }, { from: date, to: date, timeZone });
    // The status bar goes by the zone that the person has set at WakaTime.
    if (!day) return { reason: "other_day" };
    const told = { uid: link.uid, day, fetchedAt };
    remembered.keep(userId, told);
    await keepToday(db, { userId, wakatimeUid: link.uid, date, ms: day.totalMs, fetchedAt });
    return told;
  } catch (error) {
    if (error instanceof TokenCryptoError) return { reason: "unreadable" };
    if (error instanceof WakatimeError) return { reason: error.kind };
    if (signal.aborted) return { reason: "unavailable" };
    throw error;
  }
}

const live = (today: Today, { day, fetchedAt }: LiveDay): TodayAnswer => ({
  day: { ...shown(today, day), as_of: fetchedAt.toISOString(), stale: false, source: "live" },
  message: null,
});

function shown({ date, startsAt, endsAt }: Today, day: CodingDay) {
  return { ...dayJson({ ...day, startsAt, endsAt }, date), details: day.totalMs === 0 || day.items.length > 0 };
}

/** The newer of the last live figure and the stored day, marked stale; else null, or 503 for what may pass soon. */
function withoutLive(today: Today, told: LiveDay | null, reason: NoLiveReason): ActionResult<TodayAnswer> {
  const { message, mayPass } = sayWhy(reason);
  // WakaTime is about to compute the day: an older value would only be corrected a moment later.
  if (reason === "cold") return ok({ day: null, message });
  const day = lastKnown(today, told);
  if (day) return ok({ day, message: `${message} This is the last value that is known.` });
  if (mayPass) return failure("unavailable", message, { retryAfterSeconds: RETRY_AFTER_SECONDS });
  return ok({ day: null, message });
}

function lastKnown(today: Today, told: LiveDay | null): TodayJson | null {
  const { stored, date, timeZone } = today;
  const mark = { stale: true, source: "stored" } as const;
  if (told && (!stored || told.fetchedAt > stored.asOf)) {
    return { ...shown(today, told.day), as_of: told.fetchedAt.toISOString(), ...mark };
  }
  if (!stored) return null;
  const items = stored.items.map(([kind, name, ms]) => ({ kind, name, ms }));
  return {
    ...shown(today, { date, timeZone, totalMs: stored.ms, items }),
    as_of: stored.asOf.toISOString(),
    ...mark,
  };
}
