import type postgres from "postgres";
import { DatabaseAwayError, PoolBusyError } from "@/lib/errors";
import { log } from "@/lib/observability/log";
import { observeStatement } from "@/lib/observability/metrics";
import { currentRequest, noteUnanswered } from "@/lib/observability/request-context";
import type { Gate } from "./gate";
import { PREPARED_MARK } from "./prepared";
import { faultOfConnection, type Presence } from "./presence";

const SLOW_STATEMENT_MS = 100;
const LOGGED_STATEMENT_CHARS = 100;

/** What the driver threw, and not what stood between: a fault of another connection says nothing about the database. */
const ofDriver = new WeakSet<object>();
function fromDriver(error: unknown): unknown {
  if (error instanceof Error) ofDriver.add(error);
  return error;
}
function causeInDriver(error: unknown): unknown {
  let cause = error;
  while (cause instanceof Error && !ofDriver.has(cause)) cause = cause.cause;
  return cause;
}

async function timed<T>(statement: string, run: () => PromiseLike<T>): Promise<T> {
  const startedAt = performance.now();
  try {
    return await run();
  } catch (error) {
    throw fromDriver(error);
  } finally {
    const ms = performance.now() - startedAt;
    observeStatement(statement, ms);
    const request = currentRequest();
    if (request) {
      request.statements += 1;
      request.sqlMs += ms;
    }
    if (ms > SLOW_STATEMENT_MS) {
      const text = statement.replace(/\s+/g, " ").trim().slice(0, LOGGED_STATEMENT_CHARS);
      log.warn({ ms: Math.round(ms), statement: text }, "slow statement");
    }
  }
}

/** What stands between a caller and the pool: a place, and a database that is there. */
type Way = { gate: Gate; presence: Presence };

/** Runs it when it is its turn; a lost database, or none in time, is told as such and noted on the request. */
async function through<T>({ gate, presence }: Way, run: () => PromiseLike<T>): Promise<T> {
  try {
    if (presence.away) throw new DatabaseAwayError();
    await gate.enter();
    try {
      return await run();
    } finally {
      gate.leave();
    }
  } catch (error) {
    throw noted(error, presence);
  }
}

function noted(error: unknown, presence: Presence): unknown {
  const fault = error instanceof PoolBusyError ? undefined : faultOfConnection(causeInDriver(error));
  if (fault === "lost") presence.look();
  const told =
    fault === "lost"
      ? new DatabaseAwayError({ cause: error })
      : fault === "full"
        ? new PoolBusyError("Postgres takes no further connections.", { cause: error })
        : error;
  noteUnanswered(told);
  return told;
}

type Unsafe = (statement: string, parameters?: unknown[], options?: unknown) => Pending;
type Pending = PromiseLike<unknown> & { values: () => PromiseLike<unknown> };
type Client = { unsafe: Unsafe };
/** Prepared by name: all statements, none, or those that begin with the mark of prepared.ts. */
export type Sending = { prepare: boolean | "marked" };

const sendingOf = (statement: string, { prepare }: Sending) => ({
  prepare: prepare === "marked" ? statement.startsWith(PREPARED_MARK) : prepare,
});

/** The two ways in which Drizzle reads an answer: as objects, or as arrays by `.values()`. */
function measuredUnsafe(client: Client, options: Sending, around: <T>(run: () => Promise<T>) => Promise<T>): Unsafe {
  return (statement, parameters) => {
    const run = (asValues: boolean) =>
      around(() =>
        timed(statement, () => {
          const pending = client.unsafe(statement, parameters, sendingOf(statement, options));
          return asValues ? pending.values() : pending;
        }),
      );
    return {
      // biome-ignore lint/suspicious/noThenProperty: a query that starts when awaited, as postgres.js has it
      then: (resolve, reject) => run(false).then(resolve, reject),
      values: () => run(true),
    };
  };
}

/** Postgres ended the connection, or the network did: neither an error after which it goes on, nor our own closing. */
const isGone = (error: unknown): boolean => {
  const { severity, code } = (error ?? {}) as { severity?: string; code?: string };
  return faultOfConnection(error) === "lost" && severity !== "ERROR" && code !== "CONNECTION_DESTROYED";
};
/**
 * The driver answers what its callback throws with a rollback, and a rollback sent into a connection that is gone ends
 * the process (porsager/postgres, issue 1154). It hears of the end by itself, and then waits for the callback no more.
 */
const never = () => new Promise<never>(() => {});

type Inside<T> = (tx: postgres.TransactionSql) => T;
/** Runs a call of the driver's that calls `fn` back: what `fn` throws stays what it is. */
async function callingBack(call: (fn: Inside<Promise<unknown>>) => PromiseLike<unknown>, fn: Inside<unknown>) {
  let thrown: { error: unknown } | undefined;
  try {
    return await call(async (tx) => {
      try {
        return await fn(tx);
      } catch (error) {
        if (isGone(causeInDriver(error))) await never();
        thrown = { error };
        throw error;
      }
    });
  } catch (error) {
    throw thrown?.error === error ? error : fromDriver(error);
  }
}

/** A connection inside a transaction: it is ours already, so nothing waits, everything is still counted. */
const inTransaction = (tx: postgres.TransactionSql, options: Sending): postgres.TransactionSql =>
  new Proxy(tx, {
    get(target, property, receiver) {
      if (property === "unsafe") return measuredUnsafe(target as unknown as Client, options, (run) => run());
      if (property === "savepoint") {
        return (fn: Inside<unknown>) =>
          callingBack(
            (run) => target.savepoint(run),
            (inner) => fn(inTransaction(inner, options)),
          );
      }
      return Reflect.get(target, property, receiver);
    },
  });

/**
 * postgres.js with what it lacks: a bounded wait for a connection (PoolBusyError), an answer at once while the database
 * is away (DatabaseAwayError), and every statement counted and timed on the request that sent it. Covers `unsafe` and
 * `begin`, the two calls that Drizzle makes.
 */
export function measured(sql: postgres.Sql, way: Way, options: Sending = { prepare: false }): postgres.Sql {
  const around = <T>(run: () => PromiseLike<T>): Promise<T> => through(way, run);
  return new Proxy(sql, {
    get(target, property, receiver) {
      if (property === "unsafe") return measuredUnsafe(target as unknown as Client, options, around);
      if (property === "begin") {
        return (fn: Inside<unknown>) =>
          around(() =>
            callingBack(
              (run) => target.begin(run),
              (tx) => fn(inTransaction(tx, options)),
            ),
          );
      }
      return Reflect.get(target, property, receiver);
    },
  });
}
