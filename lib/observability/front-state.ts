import { askInstance } from "./instance";

/** What the front of an instance knows: the queue before its web processes, and those. */
export type FrontState = {
  pid: number;
  rssBytes: number;
  waiting: number;
  inProgress: number;
  /** Answered 503, because the queue was full or the wait too long. */
  refused: number;
  workers: { pid: number | null; startedAt: string; restarts: number }[];
};

/** Null where a process answers alone, without a front. */
export const askFront = async (): Promise<FrontState | null> => (await askInstance<FrontState>("front"))[0] ?? null;
