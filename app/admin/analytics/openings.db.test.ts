import { createElement, type ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { detailKinds } from "@/db/enums";
import { ACADEMY_NOW, analyticsAcademy } from "@/db/testing/analytics-academy";
import { testDb, withRollback } from "@/db/testing/database";
import { addCodingDays } from "@/db/testing/factories";
import { formatDuration } from "@/lib/format";
import { daysWords } from "@/lib/lists/analytics-days";
import { type AnalyticsFor, type AnalyticsView, loadAnalytics } from "@/lib/lists/analytics-load";
import { type AnalyticsParams, analyticsHref, loadAnalyticsParams, openingHref } from "@/lib/lists/analytics-params";
import type { AnalyticsCell } from "@/lib/lists/analytics-table";
import { tablesOf } from "@/lib/lists/analytics-tables";
import { CodingByDay, CodingByStudent } from "./coding";
import { Overview } from "./overview";
import { Participation } from "./participation";
import { Trends } from "./trends";
import { shareWords } from "./words";

/** What the number says that a list behind it must add up to. */
type Behind = { total: number; sumMs: number; medianMs: number | null; mean: number | null };

const read = (href: string) => loadAnalyticsParams(new URLSearchParams(href.split("?")[1] ?? ""));

async function listBehind(tx: Db, href: string, now: Date, use: AnalyticsFor): Promise<Behind> {
  const shown = await loadAnalytics(tx, await read(href), use, now);
  if (shown?.view !== "list") throw new Error(`${href} opens no list`);
  const values = shown.data.rows.flatMap(({ value }) => (value === null ? [] : [value])).sort((a, b) => a - b);
  const [low, high] = [values[Math.floor((values.length - 1) / 2)], values[Math.ceil((values.length - 1) / 2)]];
  const sum = values.reduce((all, each) => all + each, 0);
  expect(shown.data.rows, href).toHaveLength(shown.data.total);
  return {
    total: shown.data.total,
    sumMs: sum,
    medianMs: low === undefined || high === undefined ? null : (low + high) / 2,
    mean: values.length > 0 ? Math.round((sum / values.length) * 10) / 10 : null,
  };
}

/** Whether a number is what its list has: so many rows or, as its row and column say, their sum, middle or mean. */
function agrees(cell: AnalyticsCell, label: string, found: Behind): boolean {
  if (typeof cell === "number") return cell === (/Rating$/.test(label) ? found.mean : found.total);
  if (cell === null || typeof cell !== "object" || !("ms" in cell)) return false;
  return cell.ms === (/median/i.test(label) ? found.medianMs : found.sumMs);
}

/** The tabs that say numbers over their tables. */
function tabOf(shown: AnalyticsView, params: AnalyticsParams): ReactElement | null {
  const tables = tablesOf(shown);
  switch (shown.view) {
    case "overview":
      return createElement(Overview, { overview: shown.data, params, tables });
    case "trends":
      return createElement(Trends, { trends: shown.data, params, tables });
    case "participation":
      return createElement(Participation, { participation: shown.data, params, tables });
    case "coding":
      return createElement(shown.by === "day" ? CodingByDay : CodingByStudent, { coding: shown.data, params, tables });
    default:
      return null;
  }
}

const textOf = (markup: string) => markup.replace(/<[^>]*>/g, "").replace(", see the list", "");

/** The links to lists outside of tables: where each leads, what it says, and all that its tile says. */
function saidOver(tab: ReactElement | null) {
  const markup = renderToStaticMarkup(tab).replace(/<table.*?<\/table>/gs, "");
  return markup.split(/(?=<dt)|<\/dl>/).flatMap((tile) =>
    [...tile.matchAll(/<a [^>]*href="([^"]*list=[^"]*)"[^>]*>(.*?)<\/a>/gs)].map(([, href = "", words = ""]) => ({
      ...{ href: href.replaceAll("&amp;", "&"), words: textOf(words), tile: textOf(tile) },
    })),
  );
}

/** Whether a link says what its list has; what kind of time and what a share is of stands in the words of its tile. */
function saysSo(words: string, tile: string, found: Behind): boolean {
  if (/\d (h|min)\b/.test(words)) {
    const ms = /median/i.test(tile) ? found.medianMs : found.sumMs;
    return ms !== null && words === formatDuration(ms);
  }
  if (/^\d\.\d$/.test(words)) return Number(words) === found.mean;
  if (!words.endsWith("%")) return found.total === Number(/\d+/.exec(words)?.[0] ?? 0);
  const [, part, of] = /(\d+) of (\d+)/.exec(tile) ?? [];
  return found.total === Number(part) && words === shareWords({ part: Number(part), of: Number(of) });
}

/** After A's last day, a Friday in its twelfth week. */
const AFTER_A = new Date("2026-06-30T18:00:00Z");

describe("every number of analytics", () => {
  it("opens a list that has exactly what the number says", async () => {
    await withRollback(testDb(), async (tx) => {
      const { batchIds, people } = await analyticsAcademy(tx);
      // On their last day in A, and on the day after it, which is in the same week.
      await addCodingDays(tx, people.Ada.userId, { "2026-06-26": 60, "2026-06-27": 600 });
      const { A, B } = batchIds;
      const wrong: string[] = [];
      const seen = new Map<string, Behind>();
      let said = 0;
      const walk = async (asked: Partial<AnalyticsParams>, now = ACADEMY_NOW, use: AnalyticsFor = "file") => {
        const params = { ...(await read("")), ...asked };
        const shown = await loadAnalytics(tx, params, use, now);
        if (!shown) throw new Error("there is no such batch");
        const behind = async (href: string) => {
          const id = `${href} ${now.toISOString()} ${use}`;
          const found = seen.get(id) ?? (await listBehind(tx, href, now, use));
          seen.set(id, found);
          return found;
        };
        for (const { href, words, tile } of saidOver(tabOf(shown, params))) {
          said++;
          const found = await behind(href);
          if (!saysSo(words, tile, found)) wrong.push(`${href}: ${words}, ${JSON.stringify(found)}`);
        }
        for (const table of tablesOf(shown)) {
          for (const { key, cells, opens = [] } of table.rows) {
            for (const [place, opening] of opens.entries()) {
              const cell = cells[place] ?? null;
              // A share is of the list that its number opens.
              const label = `${table.title}, ${key} ${table.columns[place]?.label ?? ""}`;
              if (!opening || cell === null || cell === 0 || /percent/i.test(label)) continue;
              const found = await behind(openingHref(params, opening));
              if (!agrees(cell, label, found)) {
                wrong.push(`${analyticsHref(params)}, ${label}: ${JSON.stringify(cell)}, ${JSON.stringify(found)}`);
              }
            }
          }
        }
      };
      await walk({});
      await walk({ batch: B, period: 7 });
      await walk({ tab: "trends" });
      await walk({ batch: A, tab: "trends" });
      await walk({ tab: "participation", period: 90 });
      await walk({ batch: B, tab: "participation" });
      await walk({ tab: "coding", period: 7 });
      await walk({ batch: B, tab: "coding", by: "student" });
      const lists = seen.size;
      for (const by of detailKinds) await walk({ tab: "coding", by });
      await walk({ batch: A, tab: "coding", by: "language", period: "batch" });
      // Cleo hides the names of hers: on the screen Secret is one of two, in a file all that is hidden is one item.
      await walk({ tab: "coding", by: "project" }, ACADEMY_NOW, "screen");
      expect(seen.size - lists).toBe(12);
      await walk({ batch: A, tab: "heat-map", period: 7 });
      await walk({ batch: A, with: B, tab: "compare" });
      await walk({ batch: B, with: A, tab: "compare" }, AFTER_A);
      expect(wrong).toEqual([]);
      expect(seen.size).toBeGreaterThan(100);
      expect(said).toBeGreaterThan(60);
    });
  });

  it("opens nobody by the name of a project that they hide, in a file", async () => {
    await withRollback(testDb(), async (tx) => {
      await analyticsAcademy(tx);
      const behind = async (name: string, use: AnalyticsFor) => {
        const shown = await loadAnalytics(
          tx,
          await read(`?tab=coding&by=project&list=used&name=${name}`),
          use,
          ACADEMY_NOW,
        );
        const [table] = shown ? tablesOf(shown) : [];
        return [table?.title, ...(table?.rows.map(({ cells: [student] }) => student) ?? [])];
      };
      expect(await behind("Secret", "screen")).toEqual(["Students who worked on Secret", "Cleo"]);
      for (const use of ["file", "paper"] as const) {
        expect(await behind("Secret", use)).toEqual(["Students who worked on this project"]);
        expect(await behind("Hidden projects", use)).toEqual(["Students who worked on Hidden projects", "Cleo"]);
        expect(await behind("Shop", use)).toEqual(["Students who worked on Shop", "Ada"]);
      }
    });
  });

  it("says of which days its list is", async () => {
    await withRollback(testDb(), async (tx) => {
      const { batchIds } = await analyticsAcademy(tx);
      const listed = async (query: string, now = ACADEMY_NOW) => {
        const shown = await loadAnalytics(tx, await read(`?${query}`), "file", now);
        if (shown?.view !== "list") throw new Error("no list");
        return { days: daysWords(shown), names: shown.data.rows.map(({ name }) => name) };
      };
      const days = async (query: string, now?: Date) => (await listed(query, now)).days;
      const here = "in America/Chicago";
      expect(await days("list=students")).toBe(`14 May 2026 – 10 Jun 2026, ${here}`);
      expect(await days("list=coded&when=before")).toBe(`16 Apr 2026 – 13 May 2026, ${here}`);
      expect(await days("list=were_active")).toBe(`13 May 2026, ${here}`);
      expect(await days("list=issued&from=2026-06-01&to=2026-06-30")).toBe(`1 Jun 2026 – 10 Jun 2026, ${here}`);
      expect(await days("list=joined")).toBe(`1 Jul 2025 – 10 Jun 2026, ${here}`);
      const lastWeek = `list=with_data&of=${batchIds.A}&batch=${batchIds.B}&from=2026-06-22&to=2026-06-28`;
      expect(await days(lastWeek, AFTER_A)).toBe(`22 Jun 2026 – 26 Jun 2026, ${here}`);
      // Ever presented who did so within 90 days, 5 of 10.
      expect((await listed("list=presented&period=7")).names).toEqual([]);
      const ever = await listed("list=presented&period=7&when=ever");
      expect({ ...ever, names: ever.names.sort() }).toEqual({
        days: null,
        names: ["Ada", "Ben", "Cleo", "Eve", "Gus"],
      });
    });
  });
});
