const { existsSync, readdirSync } = require("node:fs");
const { join } = require("node:path");

/**
 * Who may import whom (docs/architecture.md). Each comment is what a person reads when the rule fires: it says where the
 * code should go instead.
 */
const BASE = process.env.CRUISE_ROOT ?? __dirname;
const TESTS = "\\.test\\.tsx?$";
const npm = (names) => `(^|/)node_modules/(${names})(/|$)`;

/** `path`: who imports; `to`: what it must not import, except `unless`. */
const never = (name, path, to, comment, { unless, except = [], typesAllowed = false } = {}) => ({
  name,
  comment,
  severity: "error",
  from: { path, pathNot: [TESTS, ...except] },
  to: {
    path: to,
    ...(unless ? { pathNot: unless } : {}),
    ...(typesAllowed ? { dependencyTypesNot: ["type-only"] } : {}),
  },
});

/** A folder that may import nothing of ours but the listed places. */
const only = (name, path, allowed, comment, options = {}) =>
  never(name, path, "^(app|components|db|jobs|lib|e2e|bench|scripts)/", comment, { unless: allowed, ...options });

const ROUTE_PAGES = "^app/.*\\.tsx$";
const ACTIONS = "^app/.*(^|/)(actions|[^/]+-actions)\\.ts$";
const ROUTES = "^app/.*(^|/)route\\.ts$";

const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Every folder below app/. The names have brackets, which a rule's own placeholders would read as patterns. */
function routeFolders(root = "app") {
  if (!existsSync(join(BASE, root))) return [];
  const inner = readdirSync(join(BASE, root), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return inner.flatMap((entry) => [`${root}/${entry.name}`, ...routeFolders(`${root}/${entry.name}`)]);
}

/** A route's files may import files beside and below them, those of the folders above, and the _folders of those. */
function privateRouteFiles() {
  return routeFolders().map((folder) => {
    const parts = folder.split("/");
    const above = parts.slice(0, -1).map((_, index) => literally(parts.slice(0, index + 1).join("/")));
    const allowed = [`^${literally(folder)}/`, ...above.flatMap((path) => [`^${path}/[^/]+$`, `^${path}/_[^/]+/`])];
    return never(
      `private-files-of-another-route (${folder})`,
      `^${literally(folder)}/[^/]+$`,
      "^app/",
      "That file is private to another route: once two routes share it, it belongs into components/<noun>, or into lib.",
      { unless: allowed },
    );
  });
}

module.exports = {
  forbidden: [
    {
      name: "no-circular",
      comment: "These files import each other in a circle: move what both need into a third file.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "not-resolvable",
      comment: "This import leads nowhere: correct its path, or add the package to package.json.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^(server-only|client-only)$|^\\.next/" },
    },
    only(
      "pages-ask-queries",
      ROUTE_PAGES,
      ["^app/", "^components/", "^lib/", "^db/(queries|enums|client)"],
      "A page renders: put reads into db/queries, writes into an actions.ts beside the page, shared views into components.",
    ),
    never(
      "pages-have-no-sql",
      ROUTE_PAGES,
      npm("drizzle-orm|postgres|pg"),
      "A page has no SQL: move the statement into db/queries and call it from here.",
    ),
    only(
      "actions-delegate",
      [ACTIONS, ROUTES],
      ["^app/", "^lib/", "^db/(queries|mutations|enums|client)"],
      "An action or route parses, asks permission and delegates: put the work into db/mutations, db/queries or lib.",
    ),
    never(
      "actions-have-no-sql",
      [ACTIONS, ROUTES],
      npm("drizzle-orm|postgres|pg|undici"),
      "No SQL and no outside HTTP in actions and routes: SQL goes into db/queries or db/mutations, HTTP into a module of lib.",
    ),
    never(
      "actions-have-no-react",
      ACTIONS,
      npm("react|react-dom"),
      "An action has no React: put what is shown into a component, and data shaping into lib.",
    ),
    ...privateRouteFiles(),
    only(
      "components-know-no-database",
      "^components/",
      [
        "^components/",
        "^lib/(format|dates|password-rules|staff-sections|table-params|theme|analytics/freshness|analytics/coding-weeks|lists/definition|demo-sessions/meeting-platform)\\.ts$",
        "^db/enums",
      ],
      "A component gets its data as props: read it in a page from db/queries; only types may come from elsewhere.",
      { typesAllowed: true },
    ),
    never(
      "components-have-no-sql",
      "^components/",
      npm("drizzle-orm|postgres|pg|next-auth"),
      "A component has no SQL and no session: pass what it shows as props from the page.",
      { typesAllowed: true },
    ),
    only(
      "database-stands-alone",
      "^db/(queries|mutations|schema)/",
      [
        "^db/",
        "^lib/(errors|dates|format|analytics|env|roster|privacy)",
        "^lib/demo-sessions/weekly-rule",
        "^lib/auth/(permissions|password|session-token)",
        "^lib/observability/request-context",
      ],
      "Queries and mutations know no session, no request and no job: take what is needed as an argument.",
      { typesAllowed: true },
    ),
    never(
      "database-knows-no-framework",
      "^db/(queries|mutations|schema)/",
      npm("next|server-only|react|next-auth"),
      "db/queries and db/mutations run in jobs and tests too: keep Next, React and the session in app or lib/auth.",
    ),
    never(
      "pure-rules-do-nothing-else",
      "^lib/(auth/permissions|analytics/|wakatime/transform)",
      "^db/(client|queries|mutations|measured|seed)|^lib/(jobs|notify|observability|env)|(^|/)node_modules/|^(node:)?(fs|http|https|net|child_process|crypto)$",
      "Rules are pure: take rows, the clock and settings as arguments, and do the reading in db/queries or lib/jobs.",
      { typesAllowed: true },
    ),
    never(
      "jobs-know-no-framework",
      "^lib/(jobs/|wakatime/sync)",
      npm("next|react|@trigger\\.dev/[^/]+|server-only"),
      "What jobs do runs under any engine: Trigger.dev belongs into jobs/, Next into app/.",
      { except: ["^lib/jobs/(trigger|enqueue)[^/]*\\.ts$"] },
    ),
    never(
      "lib-knows-no-view",
      "^lib/",
      "^(app|components|jobs|e2e|bench|scripts)/",
      "lib serves app and components, not the other way round: move what both need into lib.",
      // A test's surroundings start the fake WakaTime and the fake Slack.
      { typesAllowed: true, except: ["^lib/(jobs|notify|wakatime)/testing/"] },
    ),
    only(
      "jobs-are-wrappers",
      "^jobs/",
      ["^jobs/", "^lib/jobs/"],
      "A Trigger.dev task is a wrapper of a few lines: put what it does into lib/jobs.",
    ),
    never(
      "database-knows-no-view",
      "^db/",
      "^(app|components|jobs|e2e|bench)/",
      "The database layer serves the views: move what both need into lib or db.",
      { except: ["^db/(seed|testing)/"] },
    ),
    only(
      "tools-use-the-lower-layers",
      "^(e2e|bench|scripts)/",
      ["^(e2e|bench|scripts)/", "^db/", "^lib/"],
      "Scripts, journeys and measurements use db and lib: what they need of app or components belongs into lib.",
    ),
    never(
      "nobody-imports-tools",
      "^(app|components|lib|jobs|db)/",
      "^(scripts|bench|e2e)/",
      "The product does not import its tools: move the shared part into lib or db.",
      // The test server is the same embedded Postgres; the seed invents the same days as the fake WakaTime.
      { except: ["^db/(testing|seed)/", "^lib/(jobs|notify|wakatime)/testing/"] },
    ),
    never(
      "nobody-imports-test-helpers",
      "^(app|components|lib|jobs|db|scripts|bench)/",
      "^lib/[a-z]+/testing/",
      "What stands in a testing folder is for tests: move what the product needs out of it.",
      { except: ["/testing/"] },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(\\.next|\\.cohort|migrations)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
