import { z } from "zod";

const failureSchema = z.object({
  kind: z.enum(["302", "401", "402", "403", "429", "500", "202", "slow", "html", "truncated", "reset"]),
  /** Only this person (the key of the demo person); everybody when absent. */
  person: z.number().int().optional(),
  /** Only requests whose path contains this, such as "summaries" or "oauth/token". */
  path: z.string().optional(),
  /** Of 402 and 403: only windows that begin more than this many days ago. */
  olderThanDays: z.number().int().optional(),
  /** Of 429: what Retry-After says; the header is left out when absent. */
  retryAfter: z.union([z.string(), z.number()]).optional(),
  /** Of slow: how long, in milliseconds. */
  delayMs: z.number().int().optional(),
  /** How many requests it hits before it ends; all when absent. */
  times: z.number().int().optional(),
});

const switchesSchema = z.object({
  /** Seconds that new tokens live. */
  tokenLifetimeSeconds: z.number().int().positive().optional(),
  /** The person at the consent page says no. */
  denyConsent: z.boolean().optional(),
  /** Whose access token the person at the consent page would get. */
  consentAs: z.string().optional(),
  /** What is granted whatever was asked for; may be empty. */
  grantScope: z.string().optional(),
});

export const postedSchema = z.object({
  failures: z.array(failureSchema).optional(),
  switches: switchesSchema.optional(),
});

export type Failure = z.infer<typeof failureSchema> & {
  /** Of slow, by a test in the same process: what a request's answer waits for. */
  until?: () => Promise<unknown>;
};
export type Switches = z.infer<typeof switchesSchema>;

export type FailureRequest = { path: string; person: number | undefined; ageDays: number | undefined };

/** What is to go wrong. Shared by the control endpoint and by tests in the same process. */
export function createFailures() {
  let list: Failure[] = [];
  let switches: Switches = {};
  return {
    add: (failure: Failure) => {
      list.push({ ...failure });
    },
    set: (changes: Switches) => {
      switches = { ...switches, ...changes };
    },
    clear: () => {
      list = [];
      switches = {};
    },
    switches: (): Readonly<Switches> => switches,
    /** The first failure that this request meets, of `named` persons only where asked; spends one of its `times`. */
    next({ path, person, ageDays }: FailureRequest, named = false): Failure | undefined {
      const found = list.find(
        (each) =>
          each.times !== 0 &&
          (!named || each.person !== undefined) &&
          (each.person === undefined || each.person === person) &&
          (each.path === undefined || path.includes(each.path)) &&
          (each.olderThanDays === undefined || (ageDays ?? -1) > each.olderThanDays),
      );
      if (found?.times !== undefined) found.times -= 1;
      return found;
    },
  };
}

export type Failures = ReturnType<typeof createFailures>;
