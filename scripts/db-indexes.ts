import postgres from "postgres";
import { INDEXES } from "@/db/indexes";
import { ensureIndexes } from "./database/indexes";
import { loadEnvironment, withDatabase } from "./environment";
import { runCommand } from "./home/fault";

/** Makes the indexes that are missing, on a database in use; see docs/decisions/031. */
await runCommand(async () => {
  loadEnvironment();
  await withDatabase(async (url) => {
    // Large tables take longer than a statement of the product may, and names are found as migrations wrote them.
    const sql = postgres(url, {
      max: 1,
      onnotice: () => {},
      connection: { application_name: "cohort-indexes", statement_timeout: 0 },
    });
    try {
      await ensureIndexes(sql, INDEXES, console.log);
    } finally {
      await sql.end();
    }
  });
});
