import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { SyncNotices } from "./sync-notices";

const READY = { jobsOff: false, configured: true, linked: 100_000, perSecond: null };
const textOf = (props: Partial<Parameters<typeof SyncNotices>[0]>) =>
  renderToStaticMarkup(<SyncNotices {...READY} {...props} />).replace(/<[^>]*>/g, "");

describe("what keeps the syncs from their work", () => {
  it("is said plainly, and nothing is said where all is well", () => {
    expect(textOf({})).toBe("");
    expect(textOf({ jobsOff: true })).toMatch(/^Background jobs are off, so no sync runs\./);
    expect(textOf({ configured: false })).toMatch(/^WakaTime is not configured, so no sync runs\./);
  });

  it("includes a night that is too short for everybody at the allowed rate", () => {
    expect(textOf({ perSecond: 2 })).toBe(
      "A night does not suffice: at 2 requests a second 100,000 students take 14 h, and a night has 7. Raise WAKATIME_REQUESTS_PER_SECOND, at most to 10.",
    );
    expect(textOf({ perSecond: 2, linked: 50_400 })).toBe("");
    expect(textOf({ perSecond: 10 })).toBe("");
    expect(textOf({ perSecond: 10, linked: 300_000 })).toMatch(/take 8 h.*goes on into the day\.$/);
  });
});
