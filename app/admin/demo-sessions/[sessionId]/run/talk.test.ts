import { describe, expect, it } from "vitest";
import { clockWords, elapsedMs, isOverTime, newTalk, readTalk, toggleTalk } from "./talk";

describe("the clock of a presentation", () => {
  it("runs from its start, stops, and goes on from there", () => {
    let talk = toggleTalk(newTalk(3), 1_000);
    expect(elapsedMs(talk, 61_000)).toBe(60_000);
    talk = toggleTalk(talk, 61_000);
    expect(elapsedMs(talk, 999_000)).toBe(60_000);
    talk = toggleTalk(talk, 999_000);
    expect(elapsedMs(talk, 1_000_000)).toBe(61_000);
  });

  it("does not run backwards when the device's own clock is put back", () => {
    expect(elapsedMs(toggleTalk(newTalk(3), 5_000), 1_000)).toBe(0);
  });

  it("is over from five minutes on", () => {
    expect(isOverTime(299_999)).toBe(false);
    expect(isOverTime(300_000)).toBe(true);
  });

  it.each([
    [0, "0:00"],
    [67_900, "1:07"],
    [300_000, "5:00"],
    [3_729_000, "1:02:09"],
  ])("says %i ms as %s", (ms, words) => expect(clockWords(ms)).toBe(words));

  it("reads what a browser stored, and nothing else", () => {
    const talk = { signupId: 3, startedAt: 17, spentMs: 4 };
    expect(readTalk(JSON.stringify(talk))).toEqual(talk);
    for (const text of [null, "", "{", "null", "7", '{"signupId":"3","startedAt":1,"spentMs":0}', '{"signupId":3}']) {
      expect(readTalk(text)).toBeNull();
    }
  });
});
