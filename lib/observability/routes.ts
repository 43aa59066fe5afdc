import { join } from "node:path";

type Manifest = { staticRoutes: { page: string }[]; dynamicRoutes: { page: string; regex: string }[] };

/** Of an address that no route has: whoever tries thousands of them adds one line to the metrics. */
export const NO_ROUTE = "(none)";
/** Of all pages that a browser fetches ahead. */
export const PREFETCH = "(prefetch)";

/** Names the route of a path, such as `/admin/students/[studentId]`: as many names as there are routes, and one more. */
export function routeNamer({ staticRoutes, dynamicRoutes }: Manifest): (path: string) => string {
  const pages = new Set(staticRoutes.map(({ page }) => page));
  const patterns = dynamicRoutes.map(({ page, regex }) => ({ page, regex: new RegExp(regex) }));
  return (path) => {
    if (pages.has(path)) return path;
    const found = patterns.find(({ regex }) => regex.test(path));
    return found?.page ?? NO_ROUTE;
  };
}

/** From the routes that the build wrote down; without them (while developing) every path is NO_ROUTE. */
export function readRoutes(root = process.cwd()): (path: string) => string {
  try {
    // Not an import: a bundler would take along whatever it believes could be read here.
    const { readFileSync } = process.getBuiltinModule("node:fs");
    return routeNamer(JSON.parse(readFileSync(join(root, ".next/routes-manifest.json"), "utf8")));
  } catch {
    return () => NO_ROUTE;
  }
}
