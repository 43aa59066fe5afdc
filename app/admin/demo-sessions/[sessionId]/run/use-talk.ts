"use client";

import { useEffect, useState } from "react";
import { elapsedMs, isOverTime, newTalk, readTalk, type Talk, toggleTalk } from "./talk";

const TICK_MS = 250;
/** A clock that somebody forgot to stop is no presentation any more. */
const FORGOTTEN_MS = 12 * 60 * 60_000;

function stored(key: string): Talk | null {
  try {
    const talk = readTalk(localStorage.getItem(key));
    return talk && elapsedMs(talk, Date.now()) < FORGOTTEN_MS ? talk : null;
  } catch {
    return null; // Storage is refused: the clock then lasts as long as the page.
  }
}

/** Who is on and for how long, kept in the browser so that a reload changes neither. */
export function useTalk(sessionId: number, first: number | null) {
  const key = `cohort-talk:${sessionId}`;
  const [talk, setTalk] = useState<Talk | null>(first === null ? null : newTalk(first));
  const [now, setNow] = useState(0);
  const running = talk?.startedAt !== null && talk !== null;

  useEffect(() => {
    const before = stored(key);
    if (before) setTalk(before);
    setNow(Date.now());
  }, [key]);

  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [running]);

  useAwake(running);

  const set = (next: Talk) => {
    setTalk(next);
    setNow(Date.now());
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // See above.
    }
  };
  const ms = talk ? elapsedMs(talk, now) : 0;
  const over = isOverTime(ms);

  // Felt in the hand that holds the phone; most browsers on a desk have nothing to shake.
  useEffect(() => {
    if (over && running) navigator.vibrate?.([200, 100, 200]);
  }, [over, running]);

  return {
    onId: talk?.signupId ?? null,
    running,
    ms,
    over,
    toggle: () => talk && set(toggleTalk(talk, Date.now())),
    stop: () => talk?.startedAt != null && set(toggleTalk(talk, Date.now())),
    reset: () => talk && set(newTalk(talk.signupId)),
    goTo: (signupId: number) => set(newTalk(signupId)),
  };
}

/** The screen stays on while the clock runs, where the browser can do that. It ends with every look at something else. */
function useAwake(wanted: boolean): void {
  useEffect(() => {
    if (!wanted || !navigator.wakeLock) return;
    let lock: WakeLockSentinel | null = null;
    let asking = false;
    let over = false;
    const ask = async () => {
      if (document.visibilityState !== "visible" || asking || (lock && !lock.released)) return;
      asking = true;
      try {
        lock = await navigator.wakeLock.request("screen");
        if (over) void lock.release();
      } catch {
        // Refused, as when the battery is low.
      } finally {
        asking = false;
      }
    };
    void ask();
    document.addEventListener("visibilitychange", ask);
    return () => {
      over = true;
      document.removeEventListener("visibilitychange", ask);
      void lock?.release();
    };
  }, [wanted]);
}
