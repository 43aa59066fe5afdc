import type { Db } from "@/db/client";
import type { RangeStats } from "@/db/queries/range-stats";
import { addDays, type DateString, daysBetween } from "@/lib/dates";
import type { WakatimeAccess } from "./access";
import { personMemory } from "./person-memory";
import { fetchableDates, type MissingReason } from "./range-stats-missing";
import { syncUser } from "./sync";
import { type DateWindow, LONGEST_WINDOW_DAYS } from "./window";

/** A person waits for the answer; what has not come by then is fetched when they ask again. */
const BUDGET_MS = 8_000;
/** Nobody fills the database with the years before they came. */
const FURTHEST_BACK_DAYS = 366;
/** After a sync that gave nothing, a request this much later tries again; those before do not make people wait. */
const QUIET_MS = 60_000;
/** What only the person can repair, or costs a renewal at each try, of which WakaTime allows ten an hour. */
const LASTING_QUIET_MS = 600_000;
const LASTING = new Set<MissingReason>(["needs_reconnect", "scope_missing", "failed"]);
/** Another's sync costs no call; what the plan withholds is a gap in the database, of those dates alone. */
const FORGOTTEN = new Set<MissingReason>(["skipped", "out_of_plan"]);

type Person = { db: Db; userId: number; now: () => Date; budgetMs?: number | undefined };

type Options = Person & { access: WakatimeAccess | null };

/** `asked`: the database may hold more than before. `reason`: why days may be missing all the same. */
type Fetched = { asked: boolean; reason: MissingReason | null };

type Outage = { reason: MissingReason; since: number; until: number };

const outages = personMemory<Outage>();

function rememberOutage({ userId, now }: Person, reason: MissingReason | null): void {
  outages.forget(userId);
  if (reason === null || FORGOTTEN.has(reason)) return;
  const since = now().getTime();
  outages.keep(userId, { reason, since, until: since + (LASTING.has(reason) ? LASTING_QUIET_MS : QUIET_MS) });
}

/** The outage that still counts: a sync that went well since has ended it, of a link that was connected anew perhaps. */
function outageOf({ userId, now }: Person, { lastSyncedAt }: RangeStats): Outage | undefined {
  const outage = outages.get(userId);
  if (!outage || now().getTime() >= outage.until) return undefined;
  return lastSyncedAt && Date.parse(lastSyncedAt) > outage.since ? undefined : outage;
}

/** Fetches the past days among `missing` that can be fetched, the newest first, within the time there is. */
export async function fetchMissing(options: Options, stats: RangeStats, missing: DateString[]): Promise<Fetched> {
  const wanted = fetchableDates(missing, stats);
  if (wanted.length === 0) return { asked: false, reason: null };
  const barred = whyNot(stats);
  if (barred) return { asked: false, reason: barred };
  if (!options.access) return { asked: false, reason: "off" };
  const near = wanted.filter((date) => daysBetween(date, stats.today) <= FURTHEST_BACK_DAYS);
  const reason = near.length < wanted.length ? "too_far_back" : null;
  if (near.length === 0) return { asked: false, reason };
  const outage = outageOf(options, stats);
  if (outage) return { asked: false, reason: outage.reason };
  const ended = await fetchWindows(options, options.access, fetchWindowsOf(near));
  rememberOutage(options, ended);
  return { asked: true, reason: ended ?? reason };
}

function whyNot({ connected, barred }: RangeStats): MissingReason | null {
  if (!connected) return "not_connected";
  if (barred === "needs_reconnect" || barred === "scope_missing") return barred;
  return barred ? "not_called" : null;
}

/** As few windows as hold all of the dates, each fit for one call, the newest first. */
export function fetchWindowsOf(dates: DateString[]): DateWindow[] {
  const windows: DateWindow[] = [];
  for (const date of [...dates].sort().reverse()) {
    const last = windows.at(-1);
    if (last && date >= addDays(last.to, 1 - LONGEST_WINDOW_DAYS)) last.from = date;
    else windows.push({ from: date, to: date });
  }
  return windows;
}

async function fetchWindows(
  { db, userId, now, budgetMs = BUDGET_MS }: Person,
  { client, keys }: WakatimeAccess,
  windows: DateWindow[],
): Promise<MissingReason | null> {
  const signal = AbortSignal.timeout(budgetMs);
  const work = async (): Promise<MissingReason | null> => {
    for (const range of windows) {
      const { kind } = await syncUser({ db, client, keys, userId, now, range, signal, urgency: "interactive" });
      if (kind !== "ok") return kind;
    }
    return null;
  };
  try {
    return await withinTime(work(), signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    return "too_slow";
  }
}

/** A renewal of the token does not stop for a signal: it ends by itself, unwatched. */
async function withinTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = () => {};
  const late = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    signal.removeEventListener("abort", stop);
    work.catch(() => {});
  }
}
