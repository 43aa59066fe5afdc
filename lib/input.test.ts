import { describe, expect, it } from "vitest";
import { withoutNul } from "./input";
import { tableParams } from "./table-params";

describe("what comes from outside", () => {
  it("loses the NUL character wherever it stands, and nothing else", () => {
    const file = new File(["\0"], "a");
    expect(withoutNul({ a: "x\0y", b: ["\0"], c: { d: 1, e: null }, f: file })).toEqual({
      a: "xy",
      b: [""],
      c: { d: 1, e: null },
      f: file,
    });
  });

  it("has no half of a character: jsonb would refuse it", () => {
    expect(withoutNul(["a\ud800b", "\udc00", "👍"])).toEqual(["a\ufffdb", "\ufffd", "👍"]);
  });

  it("loses it in a table's search, too", () => {
    expect(tableParams(["name"], { key: "name", descending: false }).q.parse("an\0n")).toBe("ann");
  });
});
