import { expect } from "vitest";
import type { WakatimeClient } from "../client";
import { readRangeStats } from "../range-stats";
import { wakatimeLab } from "./lab";
import { createConnectedUser, testKeys } from "./people";

export const lab = wakatimeLab({ now: "2026-11-20T12:00:00Z", firstKey: 60_000 });
export const { db } = lab;
export const TODAY = "2026-11-20";
export const YESTERDAY = "2026-11-19";

/** The lab's client, which also writes down what it was asked for. */
function watched(): { client: WakatimeClient; windows: string[] } {
  const windows: string[] = [];
  const summaries: WakatimeClient["summaries"] = (token, asked, how) => {
    windows.push(`${asked.from} ${asked.to}`);
    // A person waits: such a call does not stand in line behind a night's sync.
    expect(how?.urgency).toBe("interactive");
    return lab.client.summaries(token, asked, how);
  };
  return { client: { ...lab.client, summaries }, windows };
}

type Options = Parameters<typeof readRangeStats>[0];

/** What a range answers, and the windows that WakaTime was asked for on the way. */
export async function read(userId: number, start: string, end: string, more: Partial<Options> = {}) {
  const { client, windows } = watched();
  const before = lab.fake.requests.length;
  const access = { client, keys: testKeys };
  const result = await readRangeStats({ db, access, userId, range: { start, end }, now: () => lab.now, ...more });
  if (!result.ok) throw new Error(result.message);
  return { ...result.data, windows, calls: lab.fake.requests.length - before };
}
export const connected = async (more: Partial<Parameters<typeof createConnectedUser>[1]> = {}) => {
  const key = lab.nextKey();
  return { key, userId: await createConnectedUser(db, { key, ...more }) };
};
export const minutes = (dates: string[], each = 10) => Object.fromEntries(dates.map((date) => [date, each]));
