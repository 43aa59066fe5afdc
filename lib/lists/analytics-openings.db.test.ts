import { describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { ACADEMY_NOW, analyticsAcademy } from "@/db/testing/analytics-academy";
import { testDb, withRollback } from "@/db/testing/database";
import { loadAnalytics } from "./analytics-load";
import { type AnalyticsParams, analyticsHref, loadAnalyticsParams, openingHref } from "./analytics-params";
import type { AnalyticsCell } from "./analytics-table";
import { tablesOf } from "./analytics-tables";

/** What the number says that a list behind it must add up to. */
type Behind = { total: number; sumMs: number; medianMs: number | null; mean: number | null };

const read = (href: string) => loadAnalyticsParams(new URLSearchParams(href.split("?")[1] ?? ""));

async function listBehind(tx: Db, href: string): Promise<Behind> {
  const shown = await loadAnalytics(tx, await read(href), "file", ACADEMY_NOW);
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

/** Whether a number is what its list has: so many rows, or their sum, their middle or their mean. */
function agrees(cell: AnalyticsCell, label: string, found: Behind): boolean {
  if (typeof cell === "number") return label === "Rating" ? cell === found.mean : cell === found.total;
  return cell !== null && typeof cell === "object" && "ms" in cell && [found.sumMs, found.medianMs].includes(cell.ms);
}

describe("every number of analytics", () => {
  it("opens a list that has exactly what the number says", async () => {
    await withRollback(testDb(), async (tx) => {
      const { batchIds } = await analyticsAcademy(tx);
      const { A, B } = batchIds;
      const wrong: string[] = [];
      const seen = new Map<string, Behind>();
      const walk = async (asked: Partial<AnalyticsParams>) => {
        const params = { ...(await read("")), ...asked };
        const shown = await loadAnalytics(tx, params, "screen", ACADEMY_NOW);
        if (!shown) throw new Error("there is no such batch");
        for (const table of tablesOf(shown)) {
          for (const { key, cells, opens = [] } of table.rows) {
            for (const [place, opening] of opens.entries()) {
              const cell = cells[place] ?? null;
              // A share is of the list that its number opens.
              const label = `${key} ${table.columns[place]?.label ?? ""}`;
              if (!opening || cell === null || cell === 0 || /percent/.test(label)) continue;
              const href = openingHref(params, opening);
              const found = seen.get(href) ?? (await listBehind(tx, href));
              seen.set(href, found);
              if (!agrees(cell, table.columns[place]?.label ?? "", found)) {
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
      await walk({ batch: A, tab: "heat-map", period: 7 });
      await walk({ batch: A, with: B, tab: "compare" });
      expect(wrong).toEqual([]);
      expect(seen.size).toBeGreaterThan(100);
    });
  });
});
