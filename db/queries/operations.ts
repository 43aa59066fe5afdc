import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { ConnectionStatus, DataTag, SyncRunState } from "@/db/enums";
import { isWholeSync, syncRunState } from "./sync-run-state";

/** One kind of job in the embedded queue, which keeps what is over for a week. */
export type QueuedJob = {
  name: string;
  /** Whose time has come. */
  waiting: number;
  /** To be tried again. */
  retrying: number;
  active: number;
  failed: number;
  last: { state: "completed" | "failed"; startedAt: string | null; finishedAt: string } | null;
  /** Of the latest one that failed, or is to be tried again: in the database's or the program's own words. */
  fault: { at: string; words: string } | null;
};

/** What the database knows about how the installation runs. */
export type Operations = {
  /** Null where the embedded queue was never started. */
  jobs: QueuedJob[] | null;
  sync: {
    links: Partial<Record<ConnectionStatus, number>>;
    lastRun: {
      id: number;
      state: SyncRunState;
      startedAt: string;
      finishedAt: string | null;
      usersOk: number;
      usersFailed: number;
    } | null;
  };
  /** Messages that wait for their sending, and those given up. */
  outbox: { waiting: number; failed: number };
  /** Of shared caches: the latest change of each tag. Another number, another version. */
  versions: Partial<Record<DataTag, string>>;
  database: { connections: number; bytes: number; since: string; version: string };
};

/** Everything but the jobs, which are in tables of the queue's own. */
const ofOurs: SQL = sql`
  'sync', json_build_object(
    'links', (select coalesce(json_object_agg(c.status, c.links), '{}')
      from (select status, count(*) as links from connection group by status) c),
    'lastRun', (
      select json_build_object('id', r.id, 'state', ${syncRunState}, 'startedAt', r.started_at,
        'finishedAt', r.finished_at, 'usersOk', r.users_ok, 'usersFailed', r.users_failed)
      from sync_run r where ${isWholeSync} order by r.started_at desc, r.id desc limit 1)),
  'outbox', (
    select json_build_object('waiting', count(*) filter (where not_before < 'infinity'),
      'failed', count(*) filter (where not_before = 'infinity'))
    -- By idx_outbox_unsent. Who gives up on a message postpones it for good.
    from outbox where sent_at is null),
  'versions', (select coalesce(json_object_agg(v.tag, v.id), '{}')
    from (select tag, max(id)::text as id from data_change group by tag) v),
  'database', json_build_object(
    'connections', (select count(*) from pg_stat_activity where datname = current_database()),
    'bytes', pg_database_size(current_database()),
    'since', pg_postmaster_start_time(),
    'version', current_setting('server_version'))`;

/**
 * Of an error that was kept with its job: the cause's words where it is a statement that failed, whose own message
 * has the values of its parameters in it.
 */
const faultWords: SQL = sql`left(coalesce(
  case when j.output ? 'query' then j.output -> 'cause' ->> 'message' else j.output ->> 'message' end,
  j.output -> 'value' ->> 'message', 'no words'), 300)`;

const ofQueue: SQL = sql`
  'jobs', (
    select coalesce(json_agg(json_build_object(
      'name', n.name, 'waiting', n.waiting, 'retrying', n.retrying, 'active', n.active, 'failed', n.failed,
      'last', (
        select json_build_object('state', j.state, 'startedAt', j.started_on, 'finishedAt', j.completed_on)
        from pgboss.job j where j.name = n.name and j.state in ('completed', 'failed')
        order by j.completed_on desc limit 1),
      'fault', (
        select json_build_object('at', coalesce(j.completed_on, j.started_on, j.created_on), 'words', ${faultWords})
        from pgboss.job j where j.name = n.name and j.state in ('failed', 'retry')
        order by coalesce(j.completed_on, j.started_on, j.created_on) desc limit 1))
      order by n.name), '[]')
    from (
      select q.name, count(*) filter (where j.state = 'created' and j.start_after <= now()) as waiting,
        count(*) filter (where j.state = 'retry') as retrying, count(*) filter (where j.state = 'active') as active,
        count(*) filter (where j.state = 'failed') as failed
      from pgboss.queue q left join pgboss.job j on j.name = q.name
      where q.name not like '\\_\\_pgboss%'
      group by q.name
    ) n)`;

const UNDEFINED_TABLE = "42P01";

/** `/admin/operations` and `/metrics` in one statement; in two where the embedded queue was never started. */
export async function getOperations(db: Db): Promise<Operations> {
  try {
    return await ask(db, sql`${ofQueue}, ${ofOurs}`);
  } catch (error) {
    if (!isMissingQueue(error)) throw error;
    return { ...(await ask(db, ofOurs)), jobs: null };
  }
}

async function ask(db: Db, members: SQL): Promise<Operations> {
  const [row] = await db.execute<{ operations: Operations }>(sql`select json_build_object(${members}) as operations`);
  return (row as { operations: Operations }).operations;
}

const isMissingQueue = (error: unknown): boolean =>
  error instanceof Error &&
  ((error as { code?: string }).code === UNDEFINED_TABLE || (error.cause !== undefined && isMissingQueue(error.cause)));

/**
 * How Postgres would go about a statement whose parameters it does not know. Nothing is run: the transaction could not
 * write either. Throws what Postgres says where it cannot plan without values.
 */
export async function explainStatement(db: Db, text: string): Promise<string> {
  return db.transaction(
    async (tx) => {
      const rows: Record<string, string>[] = await tx.execute(sql.raw(`explain (generic_plan) ${text}`));
      return rows.map((row) => row["QUERY PLAN"]).join("\n");
    },
    { accessMode: "read only" },
  );
}
