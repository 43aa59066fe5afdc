import type { z } from "zod";
import { WakatimeError } from "./errors";
import { callOnce, createAgent, type HttpAnswer, type HttpCall } from "./http";
import type { CallOptions, RateLimiter } from "./rate-limit";
import { DEFAULT_RETRY, type RetryPolicy, type Sleep, withRetry } from "./retry";
import { currentUserSchema, statusBarSchema, summariesSchema, tokenSchema } from "./shapes";
import type { DateWindow } from "./window";

/** The same rules for everybody, whatever each person's own preferences are, so that totals compare. */
export const KEYSTROKE_TIMEOUT_MINUTES = 15;
export const WRITES_ONLY = false;

export type WakatimeClient = ReturnType<typeof createWakatimeClient>;

type Options = {
  apiUrl: string;
  oauthUrl: string;
  clientId: string;
  clientSecret: string;
  /** Must equal the one registered with the app; WakaTime wants it on every token request. */
  redirectUri: string;
  limiter: RateLimiter;
  retry?: Partial<RetryPolicy>;
  sleep?: Sleep;
};

function parseJson(answer: HttpAnswer, where: string): unknown {
  const text = answer.text.trimStart();
  // A proxy or a maintenance page answers 200 too.
  if (answer.contentType.includes("text/html") || text.startsWith("<")) {
    throw new WakatimeError("unavailable", `${where} answered with a page instead of data`, { status: answer.status });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WakatimeError("unexpected_shape", `${where} answered with broken JSON`, { status: answer.status, cause });
  }
}

/** The token endpoint answers in JSON or form-encoded; the header says which, and the first character knows. */
function parseToken(answer: HttpAnswer, where: string): unknown {
  const text = answer.text.trimStart();
  const form = answer.contentType.includes("x-www-form-urlencoded") || !/^[{<]/.test(text);
  return form && !text.startsWith("{") ? Object.fromEntries(new URLSearchParams(text)) : parseJson(answer, where);
}

function checked<Schema extends z.ZodType>(schema: Schema, value: unknown, where: string): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  // Where it is wrong, not what stood there: values may be personal.
  const paths = parsed.error.issues.slice(0, 3).map((issue) => issue.path.join(".") || "(root)");
  throw new WakatimeError("unexpected_shape", `${where} answered in an unexpected shape at ${paths.join(", ")}`);
}

/** Everything the product asks of WakaTime. Every method throws WakatimeError with the kind of what went wrong. */
export function createWakatimeClient(options: Options) {
  const { limiter, sleep } = options;
  const policy = { ...DEFAULT_RETRY, ...options.retry };
  const agent = createAgent();

  const once = (call: HttpCall, how: CallOptions = {}) =>
    limiter.run(call.url, () => callOnce(agent, call, { signal: how.signal }), how);

  const send = <T>(call: HttpCall, read: (answer: HttpAnswer) => T, how: CallOptions = {}) =>
    withRetry(async () => read(await once(call, how)), {
      // Whoever wants an answer at once has no time for a second try.
      policy: how.urgency === "at-once" ? { ...policy, retries: 0 } : policy,
      sleep,
      signal: how.signal,
    });

  async function get<Schema extends z.ZodType>(path: string, token: string, schema: Schema, how?: CallOptions) {
    const url = new URL(`${options.apiUrl}${path}`);
    const where = `GET ${url.pathname}`;
    const headers = { accept: "application/json", authorization: `Bearer ${token}` };
    return send({ method: "GET", url, headers }, (answer) => checked(schema, parseJson(answer, where), where), how);
  }

  function oauthCall(path: string, fields: Record<string, string>): HttpCall {
    const body = new URLSearchParams({
      client_id: options.clientId,
      client_secret: options.clientSecret,
      redirect_uri: options.redirectUri,
      ...fields,
    });
    const headers = { accept: "application/json", "content-type": "application/x-www-form-urlencoded" };
    return { method: "POST", url: new URL(`${options.oauthUrl}${path}`), headers, body: body.toString() };
  }

  async function token(fields: Record<string, string>, how?: CallOptions) {
    const call = oauthCall("/token", fields);
    // Not repeated: a code, and a rotating refresh token, are good for one answer only.
    const answer = await once(call, how);
    return checked(tokenSchema, parseToken(answer, `POST ${call.url.pathname}`), `POST ${call.url.pathname}`);
  }

  return {
    /** All days of the window (at most 31), in the given zone, under the academy's common rules. */
    summaries(accessToken: string, { from, to, timeZone }: DateWindow & { timeZone: string }, how?: CallOptions) {
      const query = new URLSearchParams({
        start: from,
        end: to,
        timezone: timeZone,
        timeout: String(KEYSTROKE_TIMEOUT_MINUTES),
        writes_only: String(WRITES_ONLY),
      });
      return get(`/users/current/summaries?${query}`, accessToken, summariesSchema, how);
    },
    currentUser: (accessToken: string, how?: CallOptions) => get("/users/current", accessToken, currentUserSchema, how),
    statusBarToday: (accessToken: string, how?: CallOptions) =>
      get("/users/current/status_bar/today", accessToken, statusBarSchema, how),
    exchangeCode: (code: string, how?: CallOptions) => token({ grant_type: "authorization_code", code }, how),
    refresh: (refreshToken: string, how?: CallOptions) =>
      token({ grant_type: "refresh_token", refresh_token: refreshToken }, how),
    /** Kills the pair that `token` belongs to. Never called with an empty token: that form is about everybody. */
    async revoke(token: string, how?: CallOptions): Promise<void> {
      if (token === "") throw new TypeError("revoke needs a token");
      await send(oauthCall("/revoke", { token }), () => undefined, how);
    },
    close: () => agent.close(),
  };
}
