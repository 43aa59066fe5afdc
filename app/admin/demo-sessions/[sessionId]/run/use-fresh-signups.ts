"use client";

import { useEffect, useState } from "react";
import type { SessionSignup } from "@/db/queries/demo-session-page";

const ASK_EVERY_MS = 30_000;

/**
 * The sign-ups as the server has them, asked for now and then while the page is looked at. By a plain request: one that
 * fails costs nothing, while a navigation without a network would lose the page.
 */
export function useFreshSignups(sessionId: number, rendered: SessionSignup[]): SessionSignup[] {
  const [signups, setSignups] = useState(rendered);
  useEffect(() => {
    const ask = async () => {
      if (document.visibilityState !== "visible" || !navigator.onLine) return;
      try {
        const response = await fetch(`/api/demo-sessions/${sessionId}/marks`);
        const { data } = (await response.json()) as { data?: { signups: SessionSignup[] } };
        if (response.ok && data) setSignups(data.signups);
      } catch {
        // The next time, then.
      }
    };
    const timer = setInterval(ask, ASK_EVERY_MS);
    document.addEventListener("visibilitychange", ask);
    window.addEventListener("online", ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", ask);
      window.removeEventListener("online", ask);
    };
  }, [sessionId]);
  return signups;
}
