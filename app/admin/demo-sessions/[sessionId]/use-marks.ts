"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import {
  type Answer,
  type Base,
  type Change,
  type Mark,
  MarkQueue,
  newest,
  type QueueState,
  type Settled,
} from "./mark-queue";

const TIMEOUT_MS = 10_000;
/** While a text is being typed. */
export const TYPING_MS = 800;

const NOTHING: QueueState = { waiting: [], settled: new Map(), refusal: null, trouble: null, kept: true };

function ownStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null; // Storage is refused.
  }
}

/** Nothing runs in this document any more, not even to be given a lock. */
let unloading = false;

/**
 * Locks exist on secure pages only; elsewhere, and where a page has no time left to wait for one, two windows may send
 * the same mark, which changes nothing.
 */
const alone = async (name: string, work: () => Promise<void>): Promise<void> =>
  navigator.locks && !unloading ? navigator.locks.request(name, work) : work();

async function sendMark(sessionId: number, by: number, mark: Mark): Promise<Answer> {
  const { id: _, tried: __, base, ...change } = mark;
  try {
    const response = await fetch(`/api/demo-sessions/${sessionId}/marks`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...change, by, version: base?.version }),
      // It arrives although the page goes away meanwhile.
      keepalive: true,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 401) return { kind: "trouble", trouble: "signed-out" };
    const again = response.status >= 500 || response.status === 429 || response.status === 408;
    if (again) return { kind: "trouble", trouble: "busy" };
    // What is no JSON of ours came from somebody on the way, such as a hotel's sign-in page.
    const body = (await response.json()) as { data?: Settled; message?: string };
    if (response.ok && body.data?.version) return { kind: "settled", row: body.data };
    const message = body.message ?? "The mark was refused.";
    return { kind: "refused", message, ...(body.data?.version && { row: body.data }) };
  } catch {
    return { kind: "trouble", trouble: "offline" };
  }
}

const baseOf = ({ status, rating, notes, version }: Base): Base => ({ status, rating, notes, version });

type Marks = {
  state: QueueState;
  mark: (signupId: number, change: Change, delayMs?: number) => void;
  retry: () => void;
};

/** The marks that this person makes in a session, on their way to the server. `rows` are the sign-ups as it last sent them. */
export function useMarks(sessionId: number, viewerId: number, rows: readonly (Base & { id: number })[]): Marks {
  const [queue] = useState(() =>
    typeof window === "undefined"
      ? null
      : new MarkQueue({
          key: `cohort-marks:${viewerId}:${sessionId}`,
          store: ownStorage(),
          send: (mark) => sendMark(sessionId, viewerId, mark),
          alone,
        }),
  );
  const state = useSyncExternalStore(
    queue?.subscribe ?? (() => () => {}),
    () => queue?.getState() ?? NOTHING,
    () => NOTHING,
  );

  useEffect(() => {
    if (!queue) return;
    const flush = () => queue.flush();
    const onStorage = () => queue.reload();
    const onLeave = (event: BeforeUnloadEvent) => {
      const { waiting, kept } = queue.getState();
      if (waiting.length > 0 && !kept) event.preventDefault();
    };
    const onHidden = () => document.visibilityState === "hidden" && queue.flush();
    const onUnload = () => {
      unloading = true;
      queue.flush();
    };
    // Shown again as it was left, by the back button.
    const onShow = () => {
      unloading = false;
      queue.flush();
    };
    flush();
    document.addEventListener("visibilitychange", onHidden);
    window.addEventListener("pagehide", onUnload);
    window.addEventListener("pageshow", onShow);
    window.addEventListener("online", flush);
    window.addEventListener("storage", onStorage);
    window.addEventListener("beforeunload", onLeave);
    return () => {
      queue.leave();
      document.removeEventListener("visibilitychange", onHidden);
      window.removeEventListener("pagehide", onUnload);
      window.removeEventListener("pageshow", onShow);
      window.removeEventListener("online", flush);
      window.removeEventListener("storage", onStorage);
      window.removeEventListener("beforeunload", onLeave);
    };
  }, [queue]);

  return {
    state,
    mark: (signupId, change, delayMs) => {
      const row = rows.find(({ id }) => id === signupId);
      queue?.add(signupId, change, delayMs, row && baseOf(newest(row, queue.getState())));
    },
    retry: () => queue?.flush(),
  };
}
