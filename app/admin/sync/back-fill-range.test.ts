import { describe, expect, it } from "vitest";
import { backFillFaults, yearsBefore } from "./back-fill-range";

const TODAY = "2028-02-29";
const faultsOf = (from: string, to: string) => Object.keys(backFillFaults(from, to, TODAY));

describe("the range of a back-fill", () => {
  it("may be one day, today, and any range of the last five years", () => {
    expect(faultsOf("2028-02-29", "2028-02-29")).toEqual([]);
    expect(faultsOf("2023-02-28", "2024-12-31")).toEqual([]);
  });

  it("names the field that is wrong", () => {
    expect(faultsOf("", "")).toEqual(["from", "to"]);
    expect(faultsOf("2027-02-30", "2027-13-01")).toEqual(["from", "to"]);
    expect(faultsOf("2028-03-01", "2028-03-02")).toEqual(["from", "to"]);
    expect(faultsOf("2023-02-27", "2024-01-01")).toEqual(["from"]);
    expect(faultsOf("2027-05-02", "2027-05-01")).toEqual(["to"]);
  });

  it("counts years by the calendar", () => {
    expect(yearsBefore("2028-02-29", 4)).toBe("2024-02-29");
    expect(yearsBefore("2028-02-29", 5)).toBe("2023-02-28");
  });
});
