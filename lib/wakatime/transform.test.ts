import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codingNameKinds } from "@/db/enums";
import { dayDigest } from "./day-digest";
import { summariesSchema } from "./shapes";
import sample from "./testing/summaries-sample.json";
import { type CodingDay, type CodingItem, codingDays } from "./transform";

const asked = { from: "2026-03-09", to: "2026-03-10", timeZone: "America/Chicago" };
const read = (answer: unknown, window = asked) => codingDays(summariesSchema.parse(answer), window);
const day = (date: string | null, more: object = {}) => ({
  grand_total: { total_seconds: 0 },
  range: { date },
  ...more,
});

describe("days of a summaries answer", () => {
  it("are the known ones for the contract's sample", () => {
    const [first, second, ...rest] = read(sample);
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ date: "2026-03-09", timeZone: "America/Chicago", totalMs: 8_229_650 });
    expect(first?.items).toEqual([
      { kind: "project", name: "cohort-dashboard", ms: 6_125_400 },
      { kind: "project", name: "algo-drills", ms: 2_104_250 },
      { kind: "language", name: "TypeScript", ms: 5_210_000 },
      { kind: "language", name: "Python", ms: 2_104_250 },
      { kind: "language", name: "Other", ms: 915_400 },
      { kind: "editor", name: "VS Code", ms: 8_229_650 },
      { kind: "operating_system", name: "Linux", ms: 8_229_650 },
      { kind: "category", name: "Coding", ms: 7_329_650 },
      { kind: "category", name: "Debugging", ms: 900_000 },
      { kind: "dependency", name: "react", ms: 3_300_000 },
      { kind: "dependency", name: "zod", ms: 1_200_000 },
      { kind: "machine", name: "5d0c6f0e-2f5b-4e07-9d0e-7b1f3c0a9e11", ms: 8_229_650 },
    ]);
    // The test vector of section 7.4: 960 s, of which alpha 540 and beta 420.
    expect(second?.totalMs).toBe(960_000);
    expect(second?.items.filter((item) => item.kind === "project")).toEqual([
      { kind: "project", name: "alpha", ms: 540_000 },
      { kind: "project", name: "beta", ms: 420_000 },
    ]);
  });

  it("keep no host name", () => {
    expect(JSON.stringify(read(sample))).not.toContain("lab-17");
    const machines = [{ name: "my-laptop 10.0.0.7", total_seconds: 5 }];
    expect(read({ data: [day("2026-03-09", { machines })] })[0]?.items).toEqual([]);
  });

  it("hold a day of zeros, and not a day that was left out, undated or outside the window", () => {
    const days = read({ data: [day("2026-03-09"), day("2026-03-08"), day("2026-03-11"), day(""), day(null)] });
    expect(days).toEqual([{ date: "2026-03-09", timeZone: "America/Chicago", totalMs: 0, items: [] }]);
  });

  it("merge a name that comes twice, round to whole milliseconds, and drop items of no time", () => {
    const languages = [
      { name: "Go", total_seconds: 1.0004 },
      { name: "Go", total_seconds: 2.0006 },
      { name: "Rust", total_seconds: 0 },
      { name: " Go ", total_seconds: 3 },
    ];
    expect(read({ data: [day("2026-03-09", { languages })] })[0]?.items).toEqual([
      { kind: "language", name: "Go", ms: 6_001 },
    ]);
  });

  it("take missing and null lists as empty, and unknown keys as nothing", () => {
    expect(read({ data: [day("2026-03-09", { projects: null, ai_agents: [1], branches: [] })] })).toHaveLength(1);
  });

  it("make every name one that the database can hold", () => {
    const projects = [
      { name: "a\u0000b", total_seconds: 1 },
      { name: "\ud800x", total_seconds: 1 },
      { name: "y".repeat(5_000), total_seconds: 1 },
      { name: null, total_seconds: 1 },
    ];
    const names = read({ data: [day("2026-03-09", { projects })] })[0]?.items.map((item) => item.name);
    expect(names).toEqual(["ab", "\ufffdx", "y".repeat(200), "Unknown"]);
  });

  it.each([
    ["no data", {}],
    ["a day without a total", { data: [{ range: { date: "2026-03-09" } }] }],
    ["a total in words", { data: [day("2026-03-09", { grand_total: { total_seconds: "5" } })] }],
    ["a day of more than 25 hours", { data: [day("2026-03-09", { grand_total: { total_seconds: 90_001 } })] }],
    ["negative time", { data: [day("2026-03-09", { editors: [{ name: "vi", total_seconds: -1 }] })] }],
  ])("refuse %s", (_what, answer) => {
    expect(summariesSchema.safeParse(answer).success).toBe(false);
  });
});

const items = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom(...codingNameKinds.filter((kind) => kind !== "machine")),
    name: fc.stringMatching(/^[a-zA-Z0-9+#.]{1,12}$/),
    ms: fc.integer({ min: 1, max: 90_000_000 }),
  }),
  { selector: (item) => `${item.kind}:${item.name}`, maxLength: 12 },
);
const days = fc.uniqueArray(
  fc.record({
    date: fc.integer({ min: 1, max: 28 }).map((number) => `2026-02-${String(number).padStart(2, "0")}`),
    timeZone: fc.constant("Asia/Kathmandu"),
    totalMs: fc.integer({ min: 0, max: 90_000_000 }),
    items,
  }),
  { selector: (each) => each.date, maxLength: 14 },
);
const LISTS = {
  project: "projects",
  language: "languages",
  editor: "editors",
  operating_system: "operating_systems",
  category: "categories",
  dependency: "dependencies",
  machine: "machines",
} as const;

/** What WakaTime would answer for these days. */
const answerOf = (wanted: CodingDay[]) => ({
  data: wanted.map((each) => ({
    grand_total: { total_seconds: each.totalMs / 1000 },
    range: { date: each.date },
    ...Object.fromEntries(
      Object.entries(LISTS).map(([kind, list]) => [
        list,
        each.items.filter((item) => item.kind === kind).map(({ name, ms }) => ({ name, total_seconds: ms / 1000 })),
      ]),
    ),
  })),
});

describe("comparing by digest", () => {
  const window = { from: "2026-02-01", to: "2026-02-28", timeZone: "Asia/Kathmandu" };

  it("finds what was read to be what was stored, in whatever order it comes back", () => {
    fc.assert(
      fc.property(days, (stored) => {
        const shuffled = stored.map((each) => ({ ...each, items: [...each.items].reverse() }));
        const fetched = new Map(read(answerOf(stored), window).map((each) => [each.date, dayDigest(each)]));
        expect(fetched.size).toBe(stored.length);
        for (const each of shuffled) expect(fetched.get(each.date)).toBe(dayDigest(each));
      }),
    );
  });

  it("tells days apart that differ in anything", () => {
    const changes = ["total", "zone", "more", "less", "ms", "kind", "name"] as const;
    fc.assert(
      fc.property(days, fc.constantFrom(...changes), ([one], change) => {
        fc.pre(one !== undefined && one.items.length > 0);
        const [first, ...rest] = one.items as [CodingItem, ...CodingItem[]];
        const other: Record<typeof change, CodingDay> = {
          total: { ...one, totalMs: one.totalMs + 1 },
          zone: { ...one, timeZone: "UTC" },
          more: { ...one, items: [...one.items, { kind: "machine", name: "new", ms: 1 }] },
          less: { ...one, items: rest },
          ms: { ...one, items: [{ ...first, ms: first.ms + 1 }, ...rest] },
          kind: { ...one, items: [{ ...first, kind: "machine" }, ...rest] },
          name: { ...one, items: [{ ...first, name: `${first.name}!` }, ...rest] },
        };
        expect(dayDigest(other[change])).not.toBe(dayDigest(one));
      }),
    );
  });

  it("is the number that stands in the database", () => {
    // Worked out by a second implementation, with integers of any length.
    const one = { date: "2026-02-01", timeZone: "UTC", totalMs: 1, items: [{ kind: "project", name: "a", ms: 1 }] };
    expect(dayDigest(one as CodingDay)).toBe("8025076596295721830");
  });

  it("tells tens of thousands of days apart in which the same time went to other things", () => {
    const names = ["site", "site-2", "sites", "etis"];
    const seen = new Set<string>();
    for (let from = 0; from < 4; from++) {
      for (let to = 0; to < 4; to++) {
        for (let ms = 1; ms <= 4_000; ms++) {
          const items = names.map((name, place) => ({
            kind: "project" as const,
            name,
            ms: 3_600_000 + (place === from ? -ms : 0) + (place === to ? 2 * ms : 0),
          }));
          seen.add(dayDigest({ date: "2026-02-01", timeZone: "UTC", totalMs: 14_400_000, items }));
        }
      }
    }
    expect(seen.size).toBe(4 * 4 * 4_000);
  });
});
