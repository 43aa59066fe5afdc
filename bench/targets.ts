import type { Server } from "./figures";
import type { People } from "./server/academy";

/** What is measured. `name` is what the bars and the tables call it. */
export type Target = {
  name: string;
  path: string;
  cookie: string | null;
  method?: "GET" | "POST";
  /** JSON is asked for uncompressed, as curl does and as the bare handler answers; pages as browsers ask for them. */
  kind: "page" | "json";
  /** By which yardsticks it is judged; none for the yardsticks themselves. */
  yardsticks: string[];
  server: Server;
  /** Asked with the ETag of the answer before: 304 when nothing changed. */
  conditional?: boolean;
};

/** Of a target that also runs where no read is shared between requests. */
export const unshared = (name: string) => `${name}, nothing shared`;

export const FLOOR = "empty dynamic page";
export const SESSION_FLOOR = "empty page with session";
export const BARE_DASHBOARD = "bare dashboard";
export const BARE_USERS = "bare users";
/** The page that the bar on deep pages names; smaller academies have fewer. */
const DEEP_PAGE = 5_000;

export function yardsticksFor({ admin }: People): Target[] {
  const bare = { cookie: null, kind: "json", yardsticks: [], server: "bare" } satisfies Partial<Target>;
  const empty = { kind: "page", yardsticks: [], server: "floor" } satisfies Partial<Target>;
  return [
    { ...empty, name: FLOOR, path: "/", cookie: null },
    { ...empty, name: SESSION_FLOOR, path: "/session", cookie: admin.cookie },
    { ...bare, name: BARE_DASHBOARD, path: "/dashboard" },
    { ...bare, name: BARE_USERS, path: "/users" },
  ];
}

/** Everything that section 10 and the audit have a bar for. */
export function targetsFor({ admin, student, batchId, userPages }: People): Target[] {
  const page = (name: string, path: string, cookie: string): Target => {
    return { name, path, cookie, kind: "page", yardsticks: [FLOOR, SESSION_FLOOR], server: "product" };
  };
  const json = (name: string, path: string, yardsticks: string[], more: Partial<Target> = {}): Target => {
    return { name, path, cookie: admin.cookie, kind: "json", yardsticks, server: "product", ...more };
  };
  const staff = (name: string, path: string) => page(name, path, admin.cookie);
  const dashboard = staff("dashboard", "/admin");
  const users = staff("users", "/admin/users");
  const jsonDashboard = json("JSON dashboard", "/api/v1/admin/dashboard", [BARE_DASHBOARD]);
  return [
    dashboard,
    users,
    staff("users: active by hours", "/admin/users?role=student&status=active&sort=-week"),
    staff("users: batch, connected", `/admin/users?batch=${batchId}&wakatime=active`),
    staff("users: search", "/admin/users?role=student&q=ann"),
    staff("users: deep page", `/admin/users?page=${Math.min(DEEP_PAGE, userPages)}`),
    staff("student page", `/admin/students/${student.studentId}`),
    staff("demo sessions (staff)", "/admin/demo-sessions"),
    page("demo sessions (student)", "/portal/demo-sessions", student.cookie),
    page("portal overview", "/portal", student.cookie),
    staff("analytics", "/admin/analytics"),
    ...[dashboard, users, jsonDashboard].map(
      (each): Target => ({ ...each, name: unshared(each.name), server: "unshared" }),
    ),
    jsonDashboard,
    json("JSON users", "/api/v1/admin/users?page_size=20", [BARE_USERS]),
    { ...jsonDashboard, name: "JSON dashboard, unchanged", yardsticks: [], conditional: true },
    json("WakaTime today", "/api/wakatime/today", [], { cookie: student.cookie, method: "POST" }),
  ];
}

export const headersOf = ({ cookie, kind }: Target): Record<string, string> => ({
  ...(cookie ? { Cookie: cookie } : {}),
  ...(kind === "page" ? { Accept: "text/html", "Accept-Encoding": "gzip" } : { Accept: "application/json" }),
});
