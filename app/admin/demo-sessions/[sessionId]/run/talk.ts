/** How long a presentation should take at most. */
export const TALK_MINUTES = 5;
const MINUTE_MS = 60_000;

/** Who is on, and since when their time runs; what ran before a stop is in `spentMs`. */
export type Talk = { signupId: number; startedAt: number | null; spentMs: number };

export const newTalk = (signupId: number): Talk => ({ signupId, startedAt: null, spentMs: 0 });

export const elapsedMs = ({ startedAt, spentMs }: Talk, now: number): number =>
  spentMs + (startedAt === null ? 0 : Math.max(0, now - startedAt));

/** Starts the clock, or stops it and keeps what ran. */
export const toggleTalk = (talk: Talk, now: number): Talk =>
  talk.startedAt === null ? { ...talk, startedAt: now } : { ...talk, startedAt: null, spentMs: elapsedMs(talk, now) };

export const isOverTime = (ms: number): boolean => ms >= TALK_MINUTES * MINUTE_MS;

/** `4:07`; from an hour on `1:02:09`. */
export function clockWords(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const rest = String(seconds % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** What a browser stored, or null when that is no talk. */
export function readTalk(text: string | null): Talk | null {
  try {
    const { signupId, startedAt, spentMs } = JSON.parse(text ?? "null") as Talk;
    const isTime = startedAt === null || Number.isFinite(startedAt);
    return Number.isInteger(signupId) && isTime && Number.isFinite(spentMs) ? { signupId, startedAt, spentMs } : null;
  } catch {
    return null;
  }
}
