import type { Db } from "@/db/client";
import { type Lease, leaseConnections, releaseConnections, renewLease } from "@/db/mutations/connection-lease";
import { leaseWindowOf, type SyncWindow } from "@/lib/wakatime/sync";
import { LEASE_SECONDS } from "@/lib/wakatime/sync-options";

/** Few enough that a kill leaves few leases behind, many enough that asking for them costs little. */
const GROUP = 16;
/** With so few left the next group is asked for, so that nobody has to wait for it. */
const ASK_AHEAD = 8;
/** A lease that has waited this long is renewed before it is used: its holder may have been slow. */
const STALE_MS = (LEASE_SECONDS * 1000) / 3;

export type LeasedUser = { userId: number; lease: Lease };

/** Leases users a group at a time, ahead of their turn, and hands them out one by one. */
export function leaseInGroups(userIds: number[], { db, owner, window }: { db: Db; owner: string; window: SyncWindow }) {
  const ready: (LeasedUser & { at: number })[] = [];
  let next = 0;
  let asking: Promise<void> | undefined;

  async function ask(): Promise<void> {
    const group = userIds.slice(next, next + GROUP);
    const leases = await leaseConnections(db, {
      userIds: group,
      owner,
      leaseSeconds: LEASE_SECONDS,
      window: leaseWindowOf(window),
    });
    next += group.length;
    for (const [userId, lease] of leases) ready.push({ userId, lease, at: performance.now() });
  }

  function askAhead(): void {
    if (asking || next >= userIds.length || ready.length > ASK_AHEAD) return;
    asking = ask().finally(() => {
      asking = undefined;
    });
    // Whoever takes next asks for the same group again and meets the fault; until then nobody waits for it.
    asking.catch(() => {});
  }

  return {
    /** The next user; undefined when all have been handed out. */
    async take(): Promise<LeasedUser | undefined> {
      askAhead();
      while (ready.length === 0) {
        if (!asking) return undefined;
        await asking;
        askAhead();
      }
      const first = ready.shift();
      if (first?.lease.state !== "leased" || performance.now() - first.at < STALE_MS) return first;
      const held = await renewLease(db, { userId: first.userId, owner, leaseSeconds: LEASE_SECONDS });
      return held ? first : { userId: first.userId, lease: { state: "busy", heldBy: "", heldSeconds: 0 } };
    },
    /** Gives back what nobody took; returns all who were not handed out. */
    async giveBack(): Promise<number[]> {
      await asking?.catch(() => {});
      const rest = ready.splice(0).map((each) => each.userId);
      if (rest.length > 0) await releaseConnections(db, rest, owner);
      const never = userIds.slice(next);
      next = userIds.length;
      return [...rest, ...never];
    },
  };
}
