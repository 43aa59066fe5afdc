import { describe, expect, it } from "vitest";
import { planData } from "./data";

describe("what a start does with the data it finds", () => {
  it("fills the embedded database when it is empty, unless told not to", () => {
    expect(planData("empty", true, undefined)).toBe("seed");
    expect(planData("empty", true, "0")).toBe("set-up");
  });

  it("fills another database only when it is empty and COHORT_DEMO=1 asks for it", () => {
    expect(planData("empty", false, undefined)).toBe("set-up");
    expect(planData("empty", false, "1")).toBe("seed");
    expect(() => planData("real", false, "1")).toThrow(/holds real ones/);
  });

  it("never touches real people", () => {
    expect(planData("real", true, undefined)).toBe("keep");
    expect(planData("real", false, undefined)).toBe("keep");
    expect(() => planData("real", true, "1")).toThrow(/holds real ones/);
  });

  it("recognises its own demo academy", () => {
    expect(planData("demo", true, undefined)).toBe("demo");
    expect(planData("demo", false, "1")).toBe("demo");
    expect(planData("demo", false, undefined)).toBe("keep");
  });

  it("refuses a database of another program", () => {
    for (const setting of [undefined, "1", "0"])
      expect(() => planData("foreign", false, setting)).toThrow(/another program/);
  });
});
