import { Fault, runCommand } from "./home/fault";
import { stopEverything, stopOnSignals } from "./start/stopping";
import { buildTaskBundle } from "./test/jobs-bundle";
import { taskDifferences } from "./test/jobs-expected";
import { indexTaskBundle } from "./test/jobs-index";

/** Builds what Trigger.dev would get, loads it as Trigger.dev would, and compares its tasks with the jobs. Offline. */
stopOnSignals();
await runCommand(async () => {
  try {
    const tasks = await indexTaskBundle(await buildTaskBundle());
    const differences = taskDifferences(tasks);
    if (differences.length > 0) throw new Fault(`The Trigger.dev tasks are not the jobs:\n${differences.join("\n")}`);
    console.log(
      `${tasks.length} tasks as the jobs ask for: ${tasks
        .map((task) => task.id)
        .sort()
        .join(", ")}`,
    );
  } finally {
    await stopEverything();
  }
});
