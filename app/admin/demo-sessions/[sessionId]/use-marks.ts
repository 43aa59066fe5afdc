"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { type Answer, type Mark, MarkQueue, type QueueState, type Settled } from "./mark-queue";

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

/** Locks exist on secure pages only; elsewhere two windows may send the same mark, which changes nothing. */
const alone = async (name: string, work: () => Promise<void>): Promise<void> =>
  navigator.locks ? navigator.locks.request(name, work) : work();

async function sendMark(sessionId: number, by: number, { id: _, ...mark }: Mark): Promise<Answer> {
  try {
    const response = await fetch(`/api/demo-sessions/${sessionId}/marks`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...mark, by }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 401) return { kind: "trouble", trouble: "signed-out" };
    const again = response.status >= 500 || response.status === 429 || response.status === 408;
    if (again) return { kind: "trouble", trouble: "busy" };
    // What is no JSON of ours came from somebody on the way, such as a hotel's sign-in page.
    const body = (await response.json()) as { data?: Settled; message?: string };
    if (response.ok && body.data?.version) return { kind: "settled", row: body.data };
    return { kind: "refused", message: body.message ?? "The mark was refused." };
  } catch {
    return { kind: "trouble", trouble: "offline" };
  }
}

type Marks = { state: QueueState; mark: MarkQueue["add"]; retry: () => void };

/** The marks that this person makes in a session, on their way to the server. */
export function useMarks(sessionId: number, viewerId: number): Marks {
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
    flush();
    window.addEventListener("online", flush);
    window.addEventListener("storage", onStorage);
    window.addEventListener("beforeunload", onLeave);
    return () => {
      queue.dispose();
      window.removeEventListener("online", flush);
      window.removeEventListener("storage", onStorage);
      window.removeEventListener("beforeunload", onLeave);
    };
  }, [queue]);

  return {
    state,
    mark: (signupId, change, delayMs) => queue?.add(signupId, change, delayMs),
    retry: () => queue?.flush(),
  };
}
