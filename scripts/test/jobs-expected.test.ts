import { expect, it } from "vitest";
import { expectedTasks, taskDifferences } from "./jobs-expected";

const bundle = () =>
  expectedTasks().map(({ id, file, maxDurationSeconds, retry, schedule, takes }) => ({
    id,
    filePath: file,
    maxDuration: maxDurationSeconds,
    retry,
    ...(schedule ? { schedule } : {}),
    ...(takes.length > 0 ? { payloadSchema: { required: takes } } : {}),
  }));
const changed = (id: string, change: object) =>
  taskDifferences(bundle().map((task) => (task.id === id ? { ...task, ...change } : task)));

it("finds nothing in a bundle that has exactly the jobs", () => {
  expect(expectedTasks().map((task) => task.id)).toContain("wakatime-sync-chunk");
  expect(taskDifferences(bundle())).toEqual([]);
});

it.each([
  ["a renamed task", { id: "wakatime-renamed" }, ["not in the bundle", "no job of"]],
  ["a task in another file", { filePath: "jobs/other.ts" }, ["file is"]],
  ["another duration", { maxDuration: 60 }, ["maxDurationSeconds is 60, not 120"]],
  ["other retries", { retry: { maxAttempts: 3 } }, ["retry is"]],
  ["another cron", { schedule: { cron: "0 2 * * *", timezone: "UTC" } }, ["schedule is"]],
  ["no cron", { schedule: undefined }, ["schedule is undefined"]],
  ["another payload", { payloadSchema: { required: ["runId"] } }, ['takes is ["runId"]']],
])("tells of %s", (_what, change, sentences) => {
  const differences = changed("wakatime-nightly", change);
  expect(differences).toHaveLength(sentences.length);
  sentences.forEach((sentence, index) => {
    expect(differences[index]).toContain(sentence);
  });
});

it("tells of a task that is missing, and of one too many", () => {
  expect(taskDifferences(bundle().slice(1))).toHaveLength(1);
  const [first] = bundle();
  expect(taskDifferences([...bundle(), { ...first, id: "extra", filePath: "jobs/extra.ts", maxDuration: 1 }])).toEqual([
    "extra: no job of lib/jobs/contracts.ts.",
  ]);
});
