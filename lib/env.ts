import { z } from "zod";

const blankAsUnset = (value: unknown) => (value === "" ? undefined : value);
const text = z.preprocess(blankAsUnset, z.string().optional());
const flag = z.preprocess(
  blankAsUnset,
  z
    .enum(["0", "1", "true", "false"])
    .optional()
    .transform((value) => value === "1" || value === "true"),
);
const count = (fallback: number) => z.preprocess(blankAsUnset, z.coerce.number().int().min(1).default(fallback));
const url = (fallback: string) => z.preprocess(blankAsUnset, z.url().default(fallback));

const schema = z.object({
  DATABASE_URL: text,
  DATABASE_POOL_MAX: count(10),
  /** A cache that web processes share beside their own; without it each has its own alone. */
  REDIS_URL: z.preprocess(blankAsUnset, z.url({ protocol: /^rediss?$/ }).optional()),
  /** Off: every read asks the database, as measurements want it. */
  SHARED_READS: z.preprocess(blankAsUnset, z.enum(["on", "off"]).default("on")),
  /** Secret that signs the session cookie: at least 32 characters. */
  AUTH_SECRET: z.preprocess(blankAsUnset, z.string().min(32).optional()),
  APP_URL: text,
  /** What whoever reads /metrics without signing in sends as `Authorization: Bearer …`. */
  METRICS_TOKEN: z.preprocess(blankAsUnset, z.string().min(16).optional()),
  /** How many proxies in front may be believed about the client's address (X-Forwarded-For). */
  TRUST_PROXY: z.preprocess(
    (value) => blankAsUnset(value) ?? (process.env.VERCEL ? "1" : undefined),
    z.coerce.number().int().min(0).max(10).default(0),
  ),
  /** Processes that answer requests, without it one per core; and how many requests may wait for one of them. */
  WEB_PROCESSES: z.preprocess(blankAsUnset, z.coerce.number().int().min(1).max(64).optional()),
  WEB_QUEUE: z.preprocess(blankAsUnset, z.coerce.number().int().min(0).max(100_000).default(1_000)),
  LOG_LEVEL: z.preprocess(blankAsUnset, z.enum(["debug", "info", "warn", "error", "silent"]).default("info")),
  COHORT_DEMO: flag,
  JOBS_BACKEND: z.preprocess(blankAsUnset, z.enum(["embedded", "trigger", "off"]).optional()),
  TRIGGER_SECRET_KEY: text,
  /** Calls to WakaTime a second, for the whole academy, and how many of them at the same time. */
  WAKATIME_REQUESTS_PER_SECOND: z.preprocess(blankAsUnset, z.coerce.number().positive().max(10).default(2)),
  WAKATIME_REQUESTS_AT_ONCE: z.preprocess(blankAsUnset, z.coerce.number().int().min(1).max(10).default(4)),
  /** smtp://user:password@host:port; without it mail becomes files under COHORT_HOME/mail. */
  SMTP_URL: text,
  MAIL_FROM: text,
  COHORT_HOME: text,
  /** Another one than Slack's own only for a stand-in on this machine. */
  SLACK_API_URL: url("https://slack.com/api"),
  WAKATIME_CLIENT_ID: text,
  WAKATIME_CLIENT_SECRET: text,
  WAKATIME_API_URL: url("https://api.wakatime.com/api/v1"),
  WAKATIME_OAUTH_URL: url("https://wakatime.com/oauth"),
  /** `id:base64 of 32 bytes`, comma separated, the newest first: that one encrypts. */
  WAKATIME_TOKEN_KEYS: text,
});

export type Env = z.infer<typeof schema>;

/** Configuration that is missing or malformed, told in one sentence. */
export class ConfigurationError extends Error {
  override name = "ConfigurationError";
}

export function parseEnv(source: Record<string, string | undefined>): Env {
  // A preview deploy never touches production's data: it has a database of its own, or none.
  const own = source.VERCEL_ENV === "preview" ? { DATABASE_URL: source.PREVIEW_DATABASE_URL } : {};
  const parsed = schema.safeParse({ ...source, ...own });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new ConfigurationError(`Configuration: ${faults.join("; ")}. See .env.example.`);
}

let cached: Env | undefined;

/** The process's configuration, read on first use so that building needs none. */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/** A variable that the caller cannot do without. */
export function requireEnv<Key extends keyof Env>(key: Key): NonNullable<Env[Key]> {
  const value = env()[key];
  if (value === undefined || value === null) {
    throw new ConfigurationError(`${key} is not set. See .env.example for what it holds.`);
  }
  return value as NonNullable<Env[Key]>;
}
