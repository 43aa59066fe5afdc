import type { IncomingMessage } from "node:http";
import { type DemoPerson, demoUid } from "@/db/seed/coding-generator";
import { addDays, type DateString, daysBetween, isTimeZone, localDate } from "@/lib/dates";
import { durations, heartbeatsOfDay } from "./day-detail";
import { type Rules, summaries } from "./days";
import { type Heartbeats, MOST_HEARTBEATS, readBulk } from "./heartbeats";
import type { Scope, Scopes } from "./scopes";
import { allTimeSinceToday, stats, statsNotReady, statsSpan } from "./stats";
import { coldStatusBar, warmStatusBar } from "./status-bar";

const LONGEST_RANGE_DAYS = 366;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The token of a request: Bearer, Basic with and without a colon, or one of the query's names. */
export function tokenOf(request: IncomingMessage, url: URL): string {
  const [scheme = "", value = ""] = (request.headers.authorization ?? "").split(" ");
  if (/^bearer$/i.test(scheme)) return value;
  if (/^basic$/i.test(scheme)) return Buffer.from(value, "base64").toString().replace(/:$/, "");
  return ["access_token", "token", "api_key"].map((name) => url.searchParams.get(name)).find(Boolean) ?? "";
}

/** What the fake remembers of its callers until it ends. */
export type Memory = {
  heartbeats: Heartbeats;
  scopes: Scopes;
  /** Whose status bar, and which of whose stats, have been computed: by person, and by person and range. */
  warm: Set<number | string>;
};

export type ApiRequest = {
  method: string;
  url: URL;
  token: string;
  person: DemoPerson;
  now: Date;
  headers: IncomingMessage["headers"];
  body: string;
};

type Dated = Pick<ApiRequest, "url" | "person" | "now">;

function rulesOf({ url, person, now }: Dated, heartbeats?: Heartbeats): Rules {
  const zone = url.searchParams.get("timezone") ?? "";
  return {
    timeZone: isTimeZone(zone) ? zone : person.timeZone,
    timeoutMinutes: Number(url.searchParams.get("timeout")) || 15,
    writesOnly: url.searchParams.get("writes_only") === "true",
    now,
    ...(heartbeats && { heartbeats: heartbeats.of(person.key) }),
  };
}

/** Both dates included. `today` is understood; of the named ranges those that a sync may use. */
export function askedRange(request: Dated): { from: DateString; to: DateString } | null {
  const { url, now } = request;
  const today = localDate(now, rulesOf(request).timeZone);
  const named: Record<string, [number, number]> = {
    Today: [0, 0],
    Yesterday: [-1, -1],
    "Last 7 Days": [-6, 0],
    "Last 7 Days from Yesterday": [-7, -1],
    "Last 14 Days": [-13, 0],
    "Last 30 Days": [-29, 0],
  };
  const offsets = named[url.searchParams.get("range") ?? ""];
  if (offsets) return { from: addDays(today, offsets[0]), to: addDays(today, offsets[1]) };
  const date = (name: string) => {
    const value = url.searchParams.get(name) ?? "";
    return value === "today" ? today : value;
  };
  const range = { from: date("start"), to: date("end") };
  if (!DATE.test(range.from) || !DATE.test(range.to)) return null;
  const days = daysBetween(range.from, range.to) + 1;
  return days >= 1 && days <= LONGEST_RANGE_DAYS ? range : null;
}

type Answer = { status: number; body: unknown };
type Handler = (request: ApiRequest, rules: Rules, memory: Memory) => Answer;
type Endpoint = { method: string; path: RegExp; scope?: Scope; answer: Handler };

const found = (body: unknown): Answer => ({ status: 200, body });
const refused = (status: number, errors: unknown): Answer => ({ status, body: { errors } });

/** The asked day of /durations and /heartbeats. */
const dated =
  (read: (person: DemoPerson, date: DateString, request: ApiRequest, rules: Rules) => unknown): Handler =>
  (request, rules) => {
    const date = request.url.searchParams.get("date") ?? "";
    if (!DATE.test(date)) return refused(400, { date: ["Give a date as YYYY-MM-DD."] });
    return found(read(request.person, date, request, rules));
  };

/** The first call starts the computing, the next one finds it done. */
function isWarm({ warm }: Memory, what: number | string): boolean {
  const known = warm.has(what);
  warm.add(what);
  return known;
}

const answerStats: Handler = ({ person, url, now }, rules, memory) => {
  const range = /\/stats\/?([^/]*)$/.exec(url.pathname)?.[1] || "last_7_days";
  const span = statsSpan(range, person, localDate(now, rules.timeZone));
  if (!span) return refused(400, { range: ["Unknown range."] });
  if (!isWarm(memory, `${person.key}:${range}`)) return { status: 202, body: statsNotReady(person, range, rules) };
  return found(stats(person, range, span, rules));
};

const senderOf = ({ person, headers }: ApiRequest) => ({
  person: person.key,
  userSince: Date.parse(`${person.firstDay}T00:00:00Z`),
  userAgent: headers["user-agent"] ?? "",
  machine: decodeURIComponent(String(headers["x-machine-name"] ?? "unknown").replaceAll("+", " ")),
});

const postOne: Handler = (request, _rules, { heartbeats }) => {
  const [beat] = readBulk(`[${request.body}]`) ?? [];
  const [body, status] = heartbeats.add(beat, senderOf(request));
  return { status, body };
};

const postBulk: Handler = (request, _rules, { heartbeats }) => {
  const beats = readBulk(request.body);
  if (!beats) return { status: 400, body: { error: "Give a list of heartbeats." } };
  if (beats.length > MOST_HEARTBEATS) {
    return { status: 400, body: { error: `At most ${MOST_HEARTBEATS} heartbeats in one request.` } };
  }
  return { status: 202, body: { responses: beats.map((beat) => heartbeats.add(beat, senderOf(request))) } };
};

/** Below /api/v1/users/current. */
const ENDPOINTS: Endpoint[] = [
  { method: "GET", path: /^$/, answer: (request, _rules, memory) => found({ data: profile(request, memory) }) },
  {
    method: "GET",
    path: /^\/summaries$/,
    scope: "read_summaries",
    answer: (request, rules) => {
      const range = askedRange(request);
      if (!range) return refused(400, { start: ["Give start and end as YYYY-MM-DD."] });
      return found(summaries(request.person, range.from, range.to, rules));
    },
  },
  {
    method: "GET",
    path: /^\/status_?bar\/today$/,
    scope: "read_summaries",
    answer: ({ person }, rules, memory) =>
      found(isWarm(memory, person.key) ? warmStatusBar(person, rules) : coldStatusBar(person.timeZone)),
  },
  { method: "GET", path: /^\/stats(\/[^/]*)?$/, scope: "read_stats", answer: answerStats },
  {
    method: "GET",
    path: /^\/all_time_since_today$/,
    scope: "read_stats",
    answer: ({ person }, rules) => found(allTimeSinceToday(person, rules)),
  },
  {
    method: "GET",
    path: /^\/durations$/,
    scope: "read_heartbeats",
    answer: dated((person, date, { url }, rules) => durations(person, date, url.searchParams.get("slice_by"), rules)),
  },
  {
    method: "GET",
    path: /^\/heartbeats$/,
    scope: "read_heartbeats",
    answer: dated((person, date, _request, rules) => heartbeatsOfDay(person, date, rules)),
  },
  { method: "POST", path: /^\/heartbeats$/, scope: "write_heartbeats", answer: postOne },
  { method: "POST", path: /^\/heartbeats\.bulk$/, scope: "write_heartbeats", answer: postBulk },
];

/** The endpoints under /api/v1, for a person who is let in. */
export function answerApi(request: ApiRequest, memory: Memory): Answer {
  const { method, url, token, person } = request;
  const path = url.pathname.replace(/^\/api\/v1\/users\/current/, "");
  const endpoint = ENDPOINTS.find((each) => each.method === method && each.path.test(path));
  if (!endpoint) return { status: 404, body: { error: "Not found." } };
  if (endpoint.scope && !memory.scopes.allows(token, person.key, endpoint.scope)) {
    return { status: 403, body: { error: `This resource requires scopes: ${endpoint.scope}.` } };
  }
  return endpoint.answer(request, rulesOf(request, memory.heartbeats), memory);
}

const profile = ({ person, now, token }: ApiRequest, { scopes }: Memory) => ({
  id: demoUid(person.key),
  username: null,
  display_name: `Coder ${person.key}`,
  full_name: `Coder ${person.key}`,
  email: scopes.allows(token, person.key, "email") ? `coder-${person.key}@wakatime.test` : null,
  timezone: person.timeZone,
  timeout: 15,
  writes_only: false,
  weekday_start: 0,
  plan: "free",
  has_premium_features: false,
  has_basic_features: false,
  last_heartbeat_at: now.toISOString(),
  last_project: null,
  last_plugin_name: "VS Code",
  created_at: `${person.firstDay}T08:00:00Z`,
  modified_at: `${person.firstDay}T08:00:00Z`,
});
