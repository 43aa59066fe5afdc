import { describe, expect, it } from "vitest";
import { connectionPage, connectResults, failureOf, toldOf } from "./connect-result";

describe("the words of the address", () => {
  it("are a closed set: anything else says nothing", () => {
    expect(toldOf("account-taken")?.title).toBe("Nothing was connected");
    for (const word of ["constructor", "__proto__", "<script>", ["connected"], undefined]) {
      expect(toldOf(word)).toBeNull();
    }
  });

  it("carry nothing but themselves", () => {
    for (const word of Object.keys(connectResults)) expect(word).toMatch(/^[a-z-]+$/);
    expect(connectionPage("bad-state")).toBe("/portal/wakatime?result=bad-state");
  });

  it("promise no more days than are read", () => {
    expect(toldOf("reconnected")?.text).toMatch(/since the last sync arrive: from up to a year back/);
    expect(toldOf("connected-later")?.text).toMatch(/last 14 days come with the next nightly sync/);
    for (const { text } of Object.values(connectResults)) expect(text).not.toMatch(/nothing is lost/i);
  });

  it("are failures for JSON exactly where nothing was connected", () => {
    const failed = Object.keys(connectResults).filter((word) => failureOf(word as keyof typeof connectResults));
    expect(failed).toEqual([
      "declined",
      "bad-state",
      "not-exchanged",
      "unavailable",
      "scope-missing",
      "account-taken",
      "off",
      "fault",
    ]);
  });
});
