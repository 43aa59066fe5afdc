import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { type Db, isPooler } from "@/db/client";
import { createGate } from "@/db/gate";
import { measured } from "@/db/measured";
import { createPresence } from "@/db/presence";
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
/** After five times Postgres may choose one plan for whoever asks; those that are prepared are measured from there. */
const WARM_RUNS = 6;
const USED = /([\d.]+) s user, ([\d.]+) s system, [\d.]+ s elapsed/;

/** A connection whose server says after each statement how long it worked; without the right to that, it does not. */
async function talking(url: string): Promise<{ db: Db; close: () => Promise<void>; taken: () => number | null }> {
  let taken: number | null = null;
  const prepare = !isPooler(url);
  const client = postgres(url, {
    max: 1,
    // As the web process sends them (db/client.ts): planned each time, but those that are prepared by name.
    prepare,
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
  const presence = createPresence(url);
  const sending = { prepare: prepare && ("marked" as const) };
  const db = drizzle(measured(client, { gate: createGate(1), presence }, sending), { schema, casing: "snake_case" });
  const close = () => {
    presence.stop();
    return client.end();
  };
  return { db, close, taken: taking };
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
    const large = await largeTables(db);
    const explained = new Map<HotStatement, ReturnType<typeof explaining>>();
    for (const statement of asked) {
      const asking = explaining(db);
      await statement.run(asking.db, subjects, now);
      explained.set(statement, asking);
      if (asking.prepared.length === 0) continue;
      for (let run = 0; run < WARM_RUNS; run += 1) await statement.run(db, subjects, now);
    }
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
    const figures: SqlFigures[] = [];
    for (const [statement, { ms, cpu }] of times) {
      const { name, barMs } = statement;
      const asking = explained.get(statement);
      const plans = [...(asking?.plans ?? []), ...(asking?.prepared ?? [])];
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
