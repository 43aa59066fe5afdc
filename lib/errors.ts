export type ErrorCode =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "rate_limited"
  | "unavailable"
  | "unexpected";

/** An outcome that a person can be told: `message` is a whole sentence, `fields` stands beside the inputs. */
export type Failure = {
  ok: false;
  code: ErrorCode;
  message: string;
  fields?: Record<string, string>;
  retryAfterSeconds?: number;
  /** What somebody else saved meanwhile, by the names of the form's fields, and the version that it has now. */
  current?: { version: number; by: string | null; values: Record<string, string | null> };
};

/** What every write returns: expected outcomes as values; anything else is thrown. */
export type ActionResult<T = undefined> = { ok: true; data: T } | Failure;

export function ok(): { ok: true; data: undefined };
export function ok<T>(data: T): { ok: true; data: T };
export function ok<T>(data?: T) {
  return { ok: true, data };
}

export const failure = (
  code: ErrorCode,
  message: string,
  more: Omit<Failure, "ok" | "code" | "message"> = {},
): Failure => ({
  ok: false,
  code,
  message,
  ...more,
});

/** Whoever views the product as somebody else looks and changes nothing. */
export const LOOKING_ONLY = "You are viewing as somebody else: nothing can be changed until you end that.";

/** Two people edited the same thing: the second is told what the first saved, and chooses. */
export const editedMeanwhile = (current: NonNullable<Failure["current"]>): Failure =>
  failure("conflict", `${current.by ?? "Somebody else"} saved changes while you were editing.`, { current });

/** No connection of the pool became free in time: the caller answers 503 with Retry-After. */
export class PoolBusyError extends Error {
  override name = "PoolBusyError";
  readonly retryAfterSeconds = 2;
}

/** Nobody answers at the database's address: told at once, with the driver's own words as the cause. */
export class DatabaseAwayError extends PoolBusyError {
  override name = "DatabaseAwayError";
  constructor(options?: ErrorOptions) {
    super("The database does not answer.", options);
  }
}

/** The PoolBusyError in an error or in what caused it: the ORM wraps what the driver throws. */
export function poolBusy(error: unknown): PoolBusyError | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof PoolBusyError) return current;
  }
  return undefined;
}

type PostgresError = { code?: string; constraint_name?: string };

/** The constraint that a write ran into, or undefined when the error is of another kind. Looks through wrappers. */
export function violatedConstraint(error: unknown): string | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    const { code, constraint_name } = current as PostgresError;
    if (code?.startsWith("23")) return constraint_name ?? code;
  }
  return undefined;
}
