"use client";

import { useEffect, useState } from "react";

export type Command = { href: string; label: string; hint?: string };
export type Commands = { people: Command[]; batches: Command[]; pages: Command[]; actions: Command[] };
export type CommandState = { commands: Commands | null; pending: boolean; failed: boolean };

const PAUSE_MS = 250;

/** What is on offer for `q`, after a pause in typing. What was there stays meanwhile; an answer to an older question is dropped. */
export function useCommands(q: string, again: number): CommandState {
  const [state, setState] = useState<CommandState>({ commands: null, pending: true, failed: false });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` asks the same question once more
  useEffect(() => {
    const stop = new AbortController();
    setState((before) => ({ ...before, pending: true, failed: false }));
    const ask = async () => {
      try {
        const answer = await fetch(`/api/command?q=${encodeURIComponent(q)}`, { signal: stop.signal });
        if (!answer.ok) throw new Error(String(answer.status));
        const commands = (await answer.json()) as Commands;
        if (!stop.signal.aborted) setState({ commands, pending: false, failed: false });
      } catch {
        if (!stop.signal.aborted) setState((before) => ({ ...before, pending: false, failed: true }));
      }
    };
    const timer = setTimeout(ask, q ? PAUSE_MS : 0);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [q, again]);

  return state;
}
