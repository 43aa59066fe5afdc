import { afterAll, beforeAll } from "vitest";
import type { Db } from "@/db/client";
import type { Part } from "@/db/queries/analytics-shape";
import { analyticsAcademy, type StudentName } from "./analytics-academy";
import { testDb, withRollback } from "./database";

export type Academy = Awaited<ReturnType<typeof analyticsAcademy>>;

/** Runs with the academy of docs/metrics/analytics.md, of which nothing is left afterwards. */
export const inAcademy = <T>(run: (tx: Db, academy: Academy) => Promise<T>, order?: StudentName[]) =>
  withRollback(testDb(), async (tx) => run(tx, await analyticsAcademy(tx, order)));

/** One academy for all tests of a group, in a transaction that stays open for as long; each test is rolled back. */
export function sharedAcademy() {
  let end = () => {};
  let ended: Promise<unknown> = Promise.resolve();
  let made: { tx: Db; academy: Academy } | undefined;
  beforeAll(
    () =>
      new Promise<void>((begun, failed) => {
        ended = inAcademy((tx, academy) => {
          made = { tx, academy };
          begun();
          return new Promise<void>((resolve) => {
            end = resolve;
          });
        }).catch(failed);
      }),
  );
  afterAll(async () => {
    end();
    await ended;
  });
  return (run: (tx: Db, academy: Academy) => Promise<void>): Promise<void> => {
    if (!made) throw new Error("the academy was not made");
    const { tx: outer, academy } = made;
    return withRollback(outer, (tx) => run(tx, academy));
  };
}

/** Numbers as the tables of docs/metrics/analytics.md have them: nothing is a dash. */
export const minutes = (ms: number | null | undefined) => (ms == null ? "–" : String(ms / 60_000));
export const count = (value: number | null) => (value === null ? "–" : String(value));
export const part = (value: Part | null) => (value ? `${value.part} of ${value.of}` : "–");

/** What is asked of a batch that is there. */
export const there = <T>(value: T | null): T => {
  if (value === null) throw new Error("there is no such batch");
  return value;
};
