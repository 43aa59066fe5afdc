import { describe, expect, it } from "vitest";
import {
  analyticsExportHref,
  analyticsHref,
  loadAnalyticsParams,
  openingHref,
  otherTab,
  WHOLE_LIST,
} from "./analytics-params";
import { fileOf, percent, time } from "./analytics-table";
import { listPart } from "./analytics-tables-lists";

describe("a table of analytics as a file", () => {
  it("has hours, ISO days and months, and leaves empty what nobody knows", () => {
    const { headers, rows } = fileOf({
      ...{ id: "x", title: "X", empty: "" },
      columns: [
        { label: "Day", kind: "date" },
        { label: "Month", kind: "text" },
        { label: "Coding time", kind: "time", none: "no data" },
        { label: "Students", kind: "number" },
      ],
      rows: [
        { key: 1, cells: [{ date: "2026-06-10" }, { month: "2026-06" }, time(5_400_000), 0] },
        { key: 2, cells: [{ date: "2026-06-11" }, { month: "2026-06" }, time(null), 3] },
      ],
    });
    expect(headers).toEqual(["Day", "Month", "Coding time (hours)", "Students"]);
    expect(rows).toEqual([
      ["2026-06-10", "2026-06", 1.5, 0],
      ["2026-06-11", "2026-06", null, 3],
    ]);
  });

  it("says no share of nobody", () => {
    expect([percent({ part: 0, of: 0 }), percent({ part: 0, of: 3 }), percent({ part: 2, of: 3 })]).toEqual([
      null,
      0,
      67,
    ]);
  });
});

describe("what a list is of", () => {
  it("is said as a sentence's end", () => {
    expect(listPart("coded", {})).toBeNull();
    expect(listPart("coded", { when: "before", least: 1 })).toBe("only the period before, from 1 hour on");
    expect(listPart("presented", { when: "ever" })).toBe("of all time");
    expect(listPart("presented", { when: "ever", least: 2 })).toBe("of all time, only from 2 times on");
  });
});

describe("the address of analytics", () => {
  const read = (query: string) => loadAnalyticsParams(new URLSearchParams(query));

  it("keeps every choice, and falls back to the default of what is none of ours", async () => {
    const asked = await read(
      "tab=coding&batch=7&period=batch&by=editor&days=30&measure=total&with=8&list=coded&page=3",
    );
    expect(await read(analyticsHref(asked).split("?")[1] ?? "")).toEqual(asked);
    expect(asked).toMatchObject({ period: "batch", days: 30, batch: 7, with: 8, page: 3 });
    expect(analyticsHref(await read("tab=nonsense&period=5&days=x&batch=-1&page=0&by=&list=everything"))).toBe(
      "/admin/analytics",
    );
  });

  it("keeps batch and period from tab to tab, and nothing that belongs to one tab", async () => {
    const asked = await read("tab=coding&batch=7&period=90&by=editor&list=coded&page=3");
    expect(analyticsHref(otherTab(asked, "heat-map"))).toBe("/admin/analytics?tab=heat-map&batch=7&period=90");
  });

  it("leaves two batches where they are while the list of one of them is open", async () => {
    const compared = await read("tab=compare&batch=7&with=8&period=7");
    const open = await read(openingHref(compared, { list: "coded", of: 8 }).split("?")[1] ?? "");
    expect(open).toMatchObject({ batch: 7, with: 8, of: 8, list: "coded" });
    expect(analyticsHref({ ...open, ...WHOLE_LIST, list: null })).toBe(analyticsHref(compared));
    expect(analyticsHref(otherTab(open, "compare"))).toBe(analyticsHref(compared));
  });

  it("names what a list is of, and has no such list without a name and its kind", async () => {
    const coding = await read("tab=coding&by=project&batch=7");
    const open = await read(openingHref(coding, { list: "used", name: "R&D, 2 = 1" }).split("?")[1] ?? "");
    expect(open).toEqual({ ...coding, list: "used", name: "R&D, 2 = 1" });
    expect(analyticsHref(otherTab(open, "trends"))).toBe("/admin/analytics?tab=trends&batch=7");
    for (const query of ["by=project&list=used", "by=day&list=used&name=Shop", "by=project&name=Shop"]) {
      expect(await read(query), query).toMatchObject({ list: null, name: null });
    }
  });

  it("names tab and table of a file", async () => {
    expect(analyticsExportHref(await read("tab=trends"), "months")).toBe("/api/analytics/trends/export?table=months");
    expect(analyticsExportHref(await read("batch=7&list=no_data&page=2"), "no-data")).toBe(
      "/api/analytics/overview/export?batch=7&list=no_data&table=no-data",
    );
  });
});
