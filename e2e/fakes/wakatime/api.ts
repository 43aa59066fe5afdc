import type { IncomingMessage } from "node:http";
import { type DemoPerson, demoUid } from "@/db/seed/coding-generator";
import { addDays, type DateString, daysBetween, isTimeZone, localDate } from "@/lib/dates";
import { coldStatusBar, type Rules, summaries, warmStatusBar } from "./days";

const LONGEST_RANGE_DAYS = 366;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The token of a request: Bearer, Basic with and without a colon, or one of the query's names. */
export function tokenOf(request: IncomingMessage, url: URL): string {
  const [scheme = "", value = ""] = (request.headers.authorization ?? "").split(" ");
  if (/^bearer$/i.test(scheme)) return value;
  if (/^basic$/i.test(scheme)) return Buffer.from(value, "base64").toString().replace(/:$/, "");
  return ["access_token", "token", "api_key"].map((name) => url.searchParams.get(name)).find(Boolean) ?? "";
}

export type ApiRequest = { url: URL; person: DemoPerson; now: Date };

function rulesOf({ url, person, now }: ApiRequest): Rules {
  const zone = url.searchParams.get("timezone") ?? "";
  return {
    timeZone: isTimeZone(zone) ? zone : person.timeZone,
    timeoutMinutes: Number(url.searchParams.get("timeout")) || 15,
    writesOnly: url.searchParams.get("writes_only") === "true",
    now,
  };
}

/** Both dates included. `today` is understood; of the named ranges those that a sync may use. */
export function askedRange(request: ApiRequest): { from: DateString; to: DateString } | null {
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

/** The endpoints under /api/v1, for a person who is let in. `warm` remembers whose day has been computed. */
export function answerApi(request: ApiRequest, warm: Set<number>): { status: number; body: unknown } {
  const { url, person, now } = request;
  const rules = rulesOf(request);
  switch (url.pathname.replace(/^\/api\/v1\/users\/current/, "")) {
    case "":
      return { status: 200, body: { data: profile(person, now) } };
    case "/summaries": {
      const range = askedRange(request);
      if (!range) return { status: 400, body: { errors: { start: ["Give start and end as YYYY-MM-DD."] } } };
      return { status: 200, body: summaries(person, range.from, range.to, rules) };
    }
    case "/status_bar/today":
    case "/statusbar/today": {
      const isWarm = warm.has(person.key);
      warm.add(person.key);
      return { status: 200, body: isWarm ? warmStatusBar(person, rules) : coldStatusBar(person.timeZone) };
    }
    default:
      return { status: 404, body: { error: "Not found." } };
  }
}

const profile = (person: DemoPerson, now: Date) => ({
  id: demoUid(person.key),
  username: null,
  display_name: `Coder ${person.key}`,
  full_name: `Coder ${person.key}`,
  email: `coder-${person.key}@wakatime.test`,
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
