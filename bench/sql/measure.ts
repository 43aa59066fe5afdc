import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Db } from "@/db/client";
import * as schema from "@/db/schema";
import { type HotStatement, type HotSubjects, hotStatements } from "@/db/testing/hot-statements";
import { explaining, indexesOf, largeTables, scannedWhole } from "@/db/testing/plans";

/** Milliseconds; `cpu` is what Postgres's own process worked, which other work on the machine hardly changes. */
export type SqlFigures = {
  name: string;
  medianMs: number;
  minMs: number;
  cpuMs: number | null;
  barMs: number | null;
  indexes: string[];
  scannedWhole: string[];
  plan: string;
};

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const USED = /([\d.]+) s user, ([\d.]+) s system, [\d.]+ s elapsed/;

/** A connection whose server says after each statement how long it worked; without the right to that, it does not. */
async function talking(url: string): Promise<{ db: Db; close: () => Promise<void>; taken: () => number | null }> {
  let taken: number | null = null;
  const client = postgres(url, {
    max: 1,
    // As the web process sends them: planned each time.
    prepare: false,
    connection: { application_name: "cohort-bench-sql", TimeZone: "UTC" },
    onnotice: ({ detail }) => {
      const [, user, system] = USED.exec(detail ?? "") ?? [];
      // Said of parsing, planning and running, one after the other.
      if (user && system) taken = (taken ?? 0) + 1_000 * (Number(user) + Number(system));
    },
  });
  try {
    await client`select set_config('log_statement_stats', 'on', false), set_config('client_min_messages', 'log', false)`;
  } catch {
    // Only a superuser may.
  }
  const taking = () => {
    const last = taken;
    taken = null;
    return last;
  };
  return { db: drizzle(client, { schema, casing: "snake_case" }), close: () => client.end(), taken: taking };
}

/** Every hot statement `runs` times in turn, so that whatever else the machine does meets all of them. */
export async function measureStatements(
  url: string,
  { subjects, now, runs, only }: { subjects: HotSubjects; now: Date; runs: number; only: string | undefined },
): Promise<SqlFigures[]> {
  const { db, close, taken } = await talking(url);
  const asked = hotStatements.filter(({ name }) => !only || name.includes(only));
  const times = new Map<HotStatement, { ms: number[]; cpu: number[] }>(
    asked.map((each) => [each, { ms: [], cpu: [] }]),
  );
  try {
    for (let run = 0; run <= runs; run += 1) {
      for (const [statement, { ms, cpu }] of times) {
        taken();
        const startedAt = performance.now();
        await statement.run(db, subjects, now);
        const took = performance.now() - startedAt;
        const worked = taken();
        if (run === 0) continue; // Pages come into memory, and into the statement's own plans.
        ms.push(took);
        if (worked !== null) cpu.push(worked);
      }
    }
    const large = await largeTables(db);
    const figures: SqlFigures[] = [];
    for (const [{ name, barMs, run }, { ms, cpu }] of times) {
      const asking = explaining(db);
      await run(asking.db, subjects, now);
      const { plans } = asking;
      figures.push({
        ...{ name, barMs, medianMs: median(ms), minMs: Math.min(...ms), cpuMs: cpu.length > 0 ? median(cpu) : null },
        ...{ indexes: plans.flatMap(indexesOf), scannedWhole: plans.flatMap((plan) => scannedWhole(plan, large)) },
        plan: plans.map(({ text }) => text).join("\n"),
      });
    }
    return figures;
  } finally {
    await close();
  }
}
