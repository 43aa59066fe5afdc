import { defineConfig } from "@trigger.dev/sdk";

export default defineConfig({
  // Any reference will do until somebody deploys; `trigger dev` and `trigger deploy` read it from the environment.
  project: process.env.TRIGGER_PROJECT_REF ?? "proj_cohort",
  runtime: "node-24",
  dirs: ["./jobs"],
  // Of a task that says nothing; each one says what its contract allows.
  maxDuration: 900,
  retries: {
    enabledInDev: false,
    // What the embedded queue does (lib/jobs/queue.ts): once, and twelve times again. A task must not set its own
    // `retry`: that would be completed with the SDK's defaults, not with these.
    default: { maxAttempts: 13, factor: 2, minTimeoutInMs: 5_000, maxTimeoutInMs: 300_000, randomize: true },
  },
});
