import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../home/home";

const FILES: Record<string, string> = {
  "tsconfig.json": `{ "compilerOptions": { "paths": { "@/*": ["./*"] }, "jsx": "react-jsx", "moduleResolution": "bundler", "module": "esnext" } }`,
  "db/client.ts": `import { drizzle } from "drizzle-orm/postgres-js"; export const db = drizzle;`,
  "db/queries/users.ts": `import { db } from "@/db/client"; export const listUsers = () => db;`,
  "db/mutations/users.ts": `import { notFound } from "next/navigation"; export const rename = () => notFound();`,
  "lib/format.ts": `export const hours = (ms: number) => String(ms);`,
  "lib/one.ts": `import { two } from "./two"; export const one = () => two;`,
  "lib/two.ts": `import { one } from "./one"; export const two = () => one;`,
  "components/card.tsx": `import { db } from "@/db/client"; import { hours } from "@/lib/format"; export const Card = () => hours(db.length);`,
  "components/fine.tsx": `import type { db } from "@/db/client"; import { hours } from "@/lib/format"; export const Fine = (props: { db: typeof db }) => hours(props.db.length);`,
  "app/(staff)/users/page.tsx": `import { sql } from "drizzle-orm"; import { listUsers } from "@/db/queries/users"; export default () => [sql, listUsers()];`,
  "app/(staff)/users/[id]/rows.tsx": `import { hours } from "@/lib/format"; export const Rows = () => hours(1);`,
  "app/(staff)/batches/page.tsx": `import { Rows } from "../users/[id]/rows"; export default Rows;`,
  "app/(staff)/users/[id]/page.tsx": `import { Rows } from "./rows"; export default Rows;`,
  "lib/jobs/night.ts": `import { task } from "@trigger.dev/sdk"; export const night = task;`,
  "jobs/night.ts": `import { db } from "@/db/client"; export const night = db;`,
};

const folder = mkdtempSync(join(tmpdir(), "cohort-imports-"));
let output = "";

beforeAll(() => {
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  symlinkSync(join(PROJECT_ROOT, "node_modules"), join(folder, "node_modules"));
  const cruiser = join(PROJECT_ROOT, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const config = join(PROJECT_ROOT, ".dependency-cruiser.cjs");
  const result = spawnSync(
    process.execPath,
    [cruiser, "app", "components", "db", "jobs", "lib", "--config", config, "--output-type", "err-long"],
    { cwd: folder, encoding: "utf8", env: { ...process.env, CRUISE_ROOT: folder, NO_COLOR: "1" } },
  );
  output = result.stdout + result.stderr;
  expect(result.status).toBeGreaterThan(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the import rule", () => {
  it.each([
    ["SQL in a page", "pages-have-no-sql: app/(staff)/users/page.tsx", "move the statement into db/queries"],
    [
      "a database value in a component",
      "components-know-no-database: components/card.tsx",
      "read it in a page from db/queries",
    ],
    [
      "Next in a mutation",
      "database-knows-no-framework: db/mutations/users.ts",
      "keep Next, React and the session in app",
    ],
    ["Trigger.dev in a job's work", "jobs-know-no-framework: lib/jobs/night.ts", "Trigger.dev belongs into jobs/"],
    ["the database in a task wrapper", "jobs-are-wrappers: jobs/night.ts", "put what it does into lib/jobs"],
    [
      "another route's private file",
      "private-files-of-another-route (app/(staff)/batches)",
      "it belongs into components/<noun>",
    ],
    ["a circle", "no-circular: lib/one.ts", "move what both need into a third file"],
  ])("says where the code should go: %s", (_, rule, advice) => {
    expect(output).toContain(rule);
    expect(output.replace(/\s+/g, " ")).toContain(advice);
  });

  it("leaves alone what is allowed: types in components, a route's own files", () => {
    expect(output).not.toContain("components/fine.tsx");
    expect(output).not.toContain("(app/(staff)/users/[id])");
    expect(output).not.toContain("actions-delegate");
  });
});
