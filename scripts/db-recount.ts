import postgres from "postgres";
import { recountRows } from "./database/recount";
import { loadEnvironment, withDatabase } from "./environment";
import { runCommand } from "./home/fault";

/** Counts anew what row_count holds: after rows were loaded past its triggers (docs/decisions/031). */
await runCommand(async () => {
  loadEnvironment();
  await withDatabase(async (url) => {
    const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: "cohort-recount" } });
    try {
      await recountRows(sql);
      for (const { counted, rows } of await sql`
        select counted, sum(delta)::int as rows from row_count group by counted order by counted`) {
        console.log(`${counted}: ${rows}`);
      }
    } finally {
      await sql.end();
    }
  });
});
