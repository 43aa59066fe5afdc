/** Requests of one purpose, whichever route serves them: each with the time above which one of them is logged. */
const OPERATIONS = {
  dashboard: { slowMs: 500, routes: ["/admin", "/api/v1/admin/dashboard"] },
  user_listing: { slowMs: 1_000, routes: ["/admin/users", "/api/v1/admin/users"] },
  wakatime: {
    slowMs: 1_000,
    routes: ["/api/wakatime/today", "/api/integrations/wakatime/today", "/api/wakatime/stats-range"],
  },
  demo_sessions: {
    slowMs: 1_000,
    routes: ["/admin/demo-sessions", "/portal/demo-sessions", "/api/demo-sessions", "/api/v1/admin/demo-sessions"],
  },
  student_overview: { slowMs: 1_000, routes: ["/portal"] },
} as const;

export type Operation = keyof typeof OPERATIONS;

const byRoute = new Map(
  Object.entries(OPERATIONS).flatMap(([name, { slowMs, routes }]) =>
    routes.map((route) => [route as string, { name: name as Operation, slowMs: slowMs as number }] as const),
  ),
);

/** What a route's request is for, where that has a name. */
export const operationOf = (route: string): { name: Operation; slowMs: number } | undefined => byRoute.get(route);
