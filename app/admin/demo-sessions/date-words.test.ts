import { describe, expect, it } from "vitest";
import { previewWords, ruleWords } from "./date-words";

const date = "2026-12-25";

describe("a date that is taken and a holiday", () => {
  it("tells both, in bulk creation and for the weekly rule", () => {
    expect(previewWords({ date, verdict: "taken", why: "Guests", although: "Christmas" })).toBe(
      "taken by “Guests”, although it is a holiday: Christmas",
    );
    expect(ruleWords({ date, verdict: "there", why: "Guests", although: "Christmas" })).toBe(
      "“Guests” is there, although it is a holiday: Christmas",
    );
  });
});

it.each([
  [{ verdict: "taken", why: "Guests" } as const, "taken by “Guests”"],
  [{ verdict: "holiday", why: "Christmas" } as const, "holiday: Christmas"],
  [{ verdict: "new", why: "Storm was cancelled" } as const, "Storm was cancelled"],
  [{ verdict: "new", why: null } as const, ""],
])("in bulk creation %o reads %j", (preview, words) => {
  expect(previewWords({ date, although: null, ...preview })).toBe(words);
});

it.each([
  [{ verdict: "new", why: null } as const, "will be created"],
  [{ verdict: "there", why: "Guests" } as const, "“Guests” is there"],
  [{ verdict: "holiday", why: "Christmas" } as const, "left out: Christmas"],
  [{ verdict: "cancelled", why: "Guests" } as const, "left out: “Guests” was cancelled"],
  [{ verdict: "decided", why: null } as const, "left out: decided on before"],
])("for the weekly rule %o reads %j", (each, words) => {
  expect(ruleWords({ date, although: null, ...each })).toBe(words);
});
