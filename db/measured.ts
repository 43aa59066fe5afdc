import type postgres from "postgres";
import { PoolBusyError } from "@/lib/errors";
import { log } from "@/lib/observability/log";
import { currentRequest } from "@/lib/observability/request-context";

const POOL_WAIT_MS = 5_000;
const SLOW_STATEMENT_MS = 100;
const LOGGED_STATEMENT_CHARS = 100;

/** Lets `max` callers in at a time; the next ones wait in order, at most POOL_WAIT_MS. */
function createGate(max: number) {
  let free = max;
  const waiting: { enter: () => void; timer: NodeJS.Timeout }[] = [];

  const enter = () =>
    new Promise<void>((resolve, reject) => {
      if (free > 0) {
        free -= 1;
        resolve();
        return;
      }
      const entry = {
        enter: resolve,
        timer: setTimeout(() => {
          waiting.splice(waiting.indexOf(entry), 1);
          reject(new PoolBusyError(`No database connection became free within ${POOL_WAIT_MS / 1000} s.`));
        }, POOL_WAIT_MS),
      };
      waiting.push(entry);
    });

  const leave = () => {
    const next = waiting.shift();
    if (!next) {
      free += 1;
      return;
    }
    clearTimeout(next.timer);
    next.enter();
  };

  return { enter, leave };
}

async function timed<T>(statement: string, run: () => PromiseLike<T>): Promise<T> {
  const startedAt = performance.now();
  try {
    return await run();
  } finally {
    const ms = performance.now() - startedAt;
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

type Unsafe = (statement: string, parameters?: unknown[], options?: unknown) => Pending;
type Pending = PromiseLike<unknown> & { values: () => PromiseLike<unknown> };
type Client = { unsafe: Unsafe };
type Sending = { prepare: boolean };

/** The two ways in which Drizzle reads an answer: as objects, or as arrays by `.values()`. */
function measuredUnsafe(client: Client, options: Sending, around: <T>(run: () => Promise<T>) => Promise<T>): Unsafe {
  return (statement, parameters) => {
    const run = (asValues: boolean) =>
      around(() =>
        timed(statement, () => {
          const pending = client.unsafe(statement, parameters, options);
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

/** A connection inside a transaction: it is ours already, so nothing waits, everything is still counted. */
const inTransaction = (tx: postgres.TransactionSql, options: Sending): postgres.TransactionSql =>
  new Proxy(tx, {
    get(target, property, receiver) {
      if (property === "unsafe") return measuredUnsafe(target as unknown as Client, options, (run) => run());
      if (property === "savepoint") {
        return (fn: (inner: postgres.TransactionSql) => unknown) =>
          target.savepoint((inner) => fn(inTransaction(inner, options)));
      }
      return Reflect.get(target, property, receiver);
    },
  });

/**
 * postgres.js with what it lacks: a bounded wait for a connection (PoolBusyError), and every statement counted and
 * timed on the request that sent it. Covers `unsafe` and `begin`, the two calls that Drizzle makes.
 */
export function measured(sql: postgres.Sql, max: number, options: Sending = { prepare: false }): postgres.Sql {
  const gate = createGate(max);
  const gated = async <T>(run: () => PromiseLike<T>): Promise<T> => {
    await gate.enter();
    try {
      return await run();
    } finally {
      gate.leave();
    }
  };
  return new Proxy(sql, {
    get(target, property, receiver) {
      if (property === "unsafe") return measuredUnsafe(target as unknown as Client, options, gated);
      if (property === "begin") {
        return (fn: (tx: postgres.TransactionSql) => unknown) =>
          gated(() => target.begin((tx) => fn(inTransaction(tx, options))));
      }
      return Reflect.get(target, property, receiver);
    },
  });
}
