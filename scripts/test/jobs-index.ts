import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { Fault } from "../home/fault";
import { cliFile, LOOPBACK_ONLY } from "./jobs-bundle";

/** Where a deployed bundle lies in its image; ours lies where it was built. */
const IMAGE_FOLDER = "/app";

const build = z.object({ runtime: z.string(), indexWorkerEntryPoint: z.string() });

/** A task as Trigger.dev would register it at a deploy. */
const task = z.object({
  id: z.string(),
  filePath: z.string(),
  maxDuration: z.number(),
  retry: z.record(z.string(), z.unknown()).optional(),
  schedule: z.record(z.string(), z.unknown()).optional(),
  payloadSchema: z.object({ required: z.array(z.string()).optional() }).optional(),
});

export type IndexedTask = z.infer<typeof task>;

type Indexer = (options: {
  runtime: string;
  indexWorkerPath: string;
  buildManifestPath: string;
  nodeOptions: string;
  env: Record<string, string | undefined>;
  cwd: string;
  handleStderr: (text: string) => void;
}) => Promise<unknown>;

/**
 * Loads every task of a built bundle as Trigger.dev does when it takes a deploy. Throws Fault for a task that cannot be
 * loaded, two with one id, or an answer that is not understood.
 */
export async function indexTaskBundle(folder: string): Promise<IndexedTask[]> {
  const inImage = readFileSync(join(folder, "build.json"), "utf8");
  const here = inImage.replaceAll(`"${IMAGE_FOLDER}/`, `"${folder}/`).replaceAll(`"${IMAGE_FOLDER}"`, `"${folder}"`);
  const manifest = join(folder, "build.here.json");
  writeFileSync(manifest, here);
  const { runtime, indexWorkerEntryPoint } = build.parse(JSON.parse(here));

  const { indexWorkerManifest } = (await import(pathToFileURL(cliFile("indexing/indexWorkerManifest.js")).href)) as {
    indexWorkerManifest: Indexer;
  };
  let said = "";
  try {
    const indexed = await indexWorkerManifest({
      runtime,
      indexWorkerPath: indexWorkerEntryPoint,
      buildManifestPath: manifest,
      nodeOptions: `--import ${LOOPBACK_ONLY}`,
      // No database, no key: what a task needs to run it must not need to be loaded.
      env: { PATH: process.env.PATH, OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" },
      cwd: folder,
      handleStderr: (text) => {
        said += text;
      },
    });
    return z.object({ tasks: z.array(task) }).parse(indexed).tasks;
  } catch (error) {
    throw new Fault(`The task bundle cannot be loaded: ${detailsOf(error)}\n${said}`);
  }
}

/** The errors of Trigger.dev's command carry what matters beside their message. */
function detailsOf(error: unknown): string {
  const { name, message, importErrors, collisions } = error as Error & { importErrors?: object; collisions?: object };
  const more = importErrors ?? collisions;
  return `${name}: ${message}${more ? `\n${JSON.stringify(more, null, 2)}` : ""}`;
}
