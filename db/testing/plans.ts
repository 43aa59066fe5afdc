import { type SQL, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type { Db } from "@/db/client";
import { PREPARED_MARK } from "@/db/prepared";

/** What grows with every day and every deed. */
const GROWING = ["daily_summary", "daily_summary_item", "audit_event", "sync_outcome"];
const LARGE_ROWS = 10_000;

/** Those that are large here: a small table is rightly read from end to end. */
export async function largeTables(db: Db): Promise<string[]> {
  const rows: { name: string }[] = await db.execute<{ name: string }>(sql`
    select relname as name from pg_class
    where relkind = 'r' and relname = any(${`{${GROWING.join(",")}}`}::text[]) and reltuples >= ${LARGE_ROWS}`);
  return rows.map(({ name }) => name);
}

export type PlanNode = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  Plans?: PlanNode[];
};
export type Plan = { text: string; root: PlanNode };

const dialect = new PgDialect({ casing: "snake_case" });

/**
 * A Db that explains each statement before it sends it: `plans` has what Postgres was about to do, `prepared` the plan
 * whoever asks of those that are prepared by name, which Postgres may choose after five times. With `instead` it sends
 * nothing and answers that.
 */
export function explaining(db: Db, instead?: Record<string, unknown>): { db: Db; plans: Plan[]; prepared: Plan[] } {
  const found = { plans: [] as Plan[], prepared: [] as Plan[] };
  const explain = async (asked: SQL): Promise<Plan> => {
    const [row] = await db.execute<{ "QUERY PLAN": { Plan: PlanNode }[] }>(asked);
    const root = row?.["QUERY PLAN"][0]?.Plan;
    if (!root) throw new Error("the statement has no plan");
    return { text: JSON.stringify(root), root };
  };
  const execute = async (query: SQL) => {
    const { sql: text } = dialect.sqlToQuery(query);
    found.plans.push(await explain(sql`explain (format json) ${query}`));
    // With its parameters left open, so that none may be sent with it.
    if (text.startsWith(PREPARED_MARK)) {
      found.prepared.push(await explain(sql.raw(`explain (format json, generic_plan) ${text}`)));
    }
    return instead ? [instead] : db.execute(query);
  };
  return { db: { execute } as unknown as Db, ...found };
}

export function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

/** Large tables that are read from end to end. */
export const scannedWhole = ({ root }: Plan, large: string[]): string[] =>
  nodesOf(root)
    .filter((node) => node["Node Type"] === "Seq Scan" && large.includes(node["Relation Name"] ?? ""))
    .map((node) => node["Relation Name"] ?? "");

/** Names of the indexes that are read, each once. */
export const indexesOf = ({ root }: Plan): string[] => [
  ...new Set(nodesOf(root).flatMap((node) => node["Index Name"] ?? [])),
];
