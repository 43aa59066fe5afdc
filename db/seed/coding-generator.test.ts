import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, eachDay } from "@/lib/dates";
import {
  codingDay,
  type DemoPerson,
  demoAccessToken,
  demoRefreshToken,
  demoUid,
  partialToday,
  personFromToken,
} from "./coding-generator";
import { PERSONAS, type Persona } from "./personas";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/;
const person = (changes: Partial<DemoPerson> = {}): DemoPerson => ({
  key: 7,
  persona: "steady",
  firstDay: "2026-01-05",
  lastDay: null,
  timeZone: "Europe/Lisbon",
  ...changes,
});
const personas = Object.keys(PERSONAS) as Persona[];
const someone = fc.record({
  key: fc.integer({ min: 1, max: 200_000 }),
  persona: fc.constantFrom(...personas),
  firstDay: fc.constant("2026-01-05"),
  lastDay: fc.constantFrom(null, "2026-06-30"),
  timeZone: fc.constantFrom("America/Chicago", "Europe/Lisbon"),
});
const someDay = fc.integer({ min: 0, max: 400 }).map((days) => addDays("2026-01-05", days));

function sumsOf(day: ReturnType<typeof codingDay>): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { kind, ms } of day.items) sums.set(kind, (sums.get(kind) ?? 0) + ms);
  sums.delete("dependency");
  return sums;
}

const hours = (who: DemoPerson, from: string, days: number) =>
  eachDay(from, addDays(from, days - 1)).map((date) => codingDay(who, date).totalMs / 3_600_000);
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

describe("codingDay", () => {
  it("gives lists that each sum to the day, with 9 to 14 items of distinct names", () => {
    fc.assert(
      fc.property(someone, someDay, (who, date) => {
        for (const day of [codingDay(who, date), partialToday(codingDay(who, date))]) {
          if (day.totalMs === 0) {
            expect(day.items).toEqual([]);
            continue;
          }
          const sums = sumsOf(day);
          expect(sums.size).toBe(6);
          for (const total of sums.values()) expect(total).toBe(day.totalMs);
          expect(day.items.every((item) => Number.isInteger(item.ms) && item.ms > 0 && item.name !== "")).toBe(true);
          expect(new Set(day.items.map((item) => `${item.kind}:${item.name}`)).size).toBe(day.items.length);
        }
        const full = codingDay(who, date);
        if (full.totalMs > 0) expect(full.items.length).toBeGreaterThanOrEqual(9);
        expect(full.items.length).toBeLessThanOrEqual(14);
      }),
    );
  });

  it("is zero before the first day and after the last", () => {
    const who = person({ lastDay: "2026-03-01" });
    expect(sum(hours(who, "2025-12-01", 35))).toBe(0);
    expect(sum(hours(who, "2026-03-02", 60))).toBe(0);
    expect(sum(hours(who, "2026-01-05", 56))).toBeGreaterThan(0);
  });

  it("has believable personas", () => {
    const mean = (persona: Persona, from = "2026-01-05") =>
      sum(Array.from({ length: 40 }, (_, key) => sum(hours(person({ key, persona }), from, 56)))) / 40 / 56;
    expect(mean("keen")).toBeGreaterThan(mean("steady"));
    expect(mean("steady")).toBeGreaterThan(mean("struggling"));
    expect(mean("drifting", "2026-06-01")).toBeLessThan(mean("drifting") / 2);
    expect(mean("keen")).toBeLessThan(6);
  });

  it("rests on holidays", () => {
    const workers = Array.from({ length: 200 }, (_, key) => person({ key }));
    const on = (date: string) => sum(workers.map((who) => codingDay(who, date).totalMs));
    expect(on("2026-11-26")).toBeLessThan(on("2026-11-19") / 3);
  });

  it("knows three days by heart, so that a changed formula is noticed", () => {
    expect(codingDay(person(), "2026-11-17").totalMs).toBe(9_959_555);
    expect(codingDay(person({ persona: "keen", key: 41 }), "2026-11-18").totalMs).toBe(18_153_467);
    expect(codingDay(person({ persona: "weekender", key: 12 }), "2026-11-21").totalMs).toBe(19_775_948);
  });
});

describe("demo tokens", () => {
  it("carry the person, through any number of rotations", () => {
    fc.assert(
      fc.property(someone, fc.nat(), (who, rotation) => {
        expect(personFromToken(demoAccessToken(who))).toEqual(who);
        expect(personFromToken(demoRefreshToken(who))).toEqual(who);
        expect(personFromToken(`${demoRefreshToken(who)}.r${rotation}`)).toEqual(who);
      }),
    );
    expect(demoAccessToken(person())).toMatch(/^waka_tok_/);
    expect(demoRefreshToken(person())).toMatch(/^waka_ref_/);
  });

  it("are told from foreign ones", () => {
    const foreign = ["", "waka_tok_", "waka_tok_EXAMPLEaaaa", "Bearer x", `${demoAccessToken(person())}.x`];
    for (const token of foreign) expect(personFromToken(token)).toBeNull();
    const martian = `waka_tok_${Buffer.from("7|steady|2026-01-05||Mars/Base").toString("base64url")}`;
    expect(personFromToken(martian)).toBeNull();
  });

  it("go with a user id that is a UUID of its own", () => {
    expect(demoUid(1)).toMatch(UUID);
    expect(demoUid(1)).not.toBe(demoUid(2));
    const machine = codingDay(person({ persona: "keen" }), "2026-11-17").items.find((item) => item.kind === "machine");
    expect(machine?.name).toMatch(UUID);
  });
});
