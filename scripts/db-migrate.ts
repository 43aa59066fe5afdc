import { planDeploy } from "./database/deploy";
import { explainConnection } from "./database/reach";
import { prepareSchema } from "./database/schema";
import { loadEnvironment, withDatabase } from "./environment";
import { Fault, runCommand } from "./home/fault";

/** Brings the database to the newest schema. `--deploy`: as a step of a hosted build, where a preview is no production. */
await runCommand(async () => {
  if (process.argv.includes("--deploy")) {
    const plan = planDeploy(process.env);
    if (plan.fault) throw new Fault(plan.sentence);
    console.log(plan.sentence);
    if (plan.url) await migrateWithReason(plan.url);
    return;
  }
  loadEnvironment();
  await withDatabase(async (url) => {
    await migrateWithReason(url);
    console.log("The database has the newest schema.");
  });
});

async function migrateWithReason(url: string): Promise<void> {
  const fault = await explainConnection(url);
  if (fault) throw new Fault(fault);
  await prepareSchema(url);
}
