import { defineConfig } from "@trigger.dev/sdk";

export default defineConfig({
  // Any reference will do until somebody deploys; `trigger dev` and `trigger deploy` read it from the environment.
  project: process.env.TRIGGER_PROJECT_REF ?? "proj_cohort",
  runtime: "node-24",
  dirs: ["./jobs"],
  maxDuration: 900,
  retries: {
    enabledInDev: false,
    default: { maxAttempts: 5, factor: 2, minTimeoutInMs: 5_000, maxTimeoutInMs: 300_000, randomize: true },
  },
});
