import { createHash } from "node:crypto";
import type { DataTag } from "@/db/enums";
import type { DataVersions } from "@/db/queries/session";

/**
 * No local midnight lies within half a minute of UTC, so that nothing kept can be of another day than its reader's; and
 * coding time, which has no version, is never older than that.
 */
export const WINDOW_MS = 30_000;

/** A question that several people get the same answer to. */
export type SharedQuestion = {
  name: string;
  /** Everything that the answer depends on besides the data and the half-minute: filters, page, whose view it is. */
  key: unknown;
  /** What the answer is made of. Coding time has no tag; an answer that holds some names `syncs`, to see a sync's end. */
  tags: readonly DataTag[];
  /** Holds what should not leave this process, such as a batch's registration key. */
  memoryOnly?: boolean;
};

/** A cache that processes share, such as Redis. Neither call throws; `get` answers within moments, or null. */
export type SecondLevel = { get: (key: string) => Promise<string | null>; put: (key: string, text: string) => void };

type Entry = { version: string; value: Promise<unknown>; bytes: number };
type Options = { maxEntries: number; maxBytes: number; second?: SecondLevel | null };

/** What one process keeps of shared answers: bounded, and never older than the versions it is asked with. */
export function createSharedCache({ maxEntries, maxBytes, second = null }: Options) {
  /** The longest unused first. */
  const entries = new Map<string, Entry>();
  const counts = { hits: 0, misses: 0, secondHits: 0 };
  let window = 0;
  let bytes = 0;

  function drop(id: string): void {
    bytes -= entries.get(id)?.bytes ?? 0;
    entries.delete(id);
  }

  /** What came of `id`, unless something newer stands there by now. An answer that would push out all others is not kept. */
  function weigh(id: string, entry: Entry, size: number): void {
    if (entries.get(id) !== entry) return;
    if (size > maxBytes / 4) {
      drop(id);
      return;
    }
    entry.bytes = size;
    bytes += size;
    for (const oldest of entries.keys()) {
      if (bytes <= maxBytes) break;
      drop(oldest);
    }
  }

  async function ask<T>(place: string | null, load: () => Promise<T>): Promise<{ value: T; size: number }> {
    const text = place && second ? await second.get(place) : null;
    const known = text === null ? undefined : parsed(text);
    if (text !== null && known !== undefined) {
      counts.secondHits += 1;
      return { value: frozen(known) as T, size: text.length };
    }
    // Through JSON in any case, so that an answer looks the same whichever way it came.
    const written = JSON.stringify(await load());
    if (place) second?.put(place, written);
    return { value: frozen(JSON.parse(written)) as T, size: written.length };
  }

  /**
   * The answer as of `now` and `versions`, which were read before: from here, from the second level, or by `load`. Who
   * asks meanwhile waits for the same `load`. The answer is nobody's own, so it is frozen.
   */
  function read<T>(question: SharedQuestion, versions: DataVersions, now: Date, load: () => Promise<T>): Promise<T> {
    const asked = Math.floor(now.getTime() / WINDOW_MS);
    if (asked !== window) {
      entries.clear();
      bytes = 0;
      window = asked;
    }
    const id = `${question.name} ${JSON.stringify(question.key)}`;
    const version = question.tags.map((tag) => versions[tag] ?? "0").join(" ");
    const found = entries.get(id);
    if (found?.version === version) {
      counts.hits += 1;
      entries.delete(id);
      entries.set(id, found);
      return found.value as Promise<T>;
    }
    counts.misses += 1;
    drop(id);
    const place = question.memoryOnly ? null : placeOf(id, version, asked);
    const loaded = ask(place, load);
    const entry: Entry = { version, value: loaded.then(({ value }) => value), bytes: 0 };
    entries.set(id, entry);
    for (const oldest of entries.keys()) {
      if (entries.size <= maxEntries) break;
      drop(oldest);
    }
    loaded.then(
      ({ size }) => weigh(id, entry, size),
      () => entries.get(id) === entry && drop(id),
    );
    return entry.value as Promise<T>;
  }

  /** What is kept, for the operator's page. */
  const state = () => ({ ...counts, entries: entries.size, bytes });
  /** Every answer that is kept. */
  const values = () => Promise.all([...entries.values()].map(({ value }) => value));
  return { read, state, values };
}

export type SharedCache = ReturnType<typeof createSharedCache>;

/** Says nothing to who can read the names: what was searched for is somebody's name. */
const placeOf = (...parts: (string | number)[]): string =>
  createHash("sha256").update(parts.join("\n")).digest("base64url");

/** Undefined where somebody else wrote, or half of it is there: as if it were not. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function frozen(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
