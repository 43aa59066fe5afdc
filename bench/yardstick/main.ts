import cluster from "node:cluster";
import { createServer } from "node:http";
import { availableParallelism } from "node:os";
import { createDb } from "@/db/client";
import { requireEnv } from "@/lib/env";
import { type Answer, bareAnswers } from "./answers";

// The bare yardstick: node:http and nothing else around the product's own statements, one process for each core.
const MOST_PROCESSES = 8;
// As the product's pool (db/client.ts).
const POOL_MAX = 10;

function serve(): void {
  const { db } = createDb(requireEnv("DATABASE_URL"), { max: POOL_MAX, name: "cohort-yardstick", prepare: "marked" });
  const answers = bareAnswers(db, { id: Number(process.env.ADMIN_ID), role: "admin" });
  createServer(async (request, response) => {
    const answer: Answer | undefined = answers[request.url ?? ""];
    if (!answer) {
      response.writeHead(404).end();
      return;
    }
    try {
      const body = Buffer.from(JSON.stringify(await answer(new Date())));
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": body.length }).end(body);
    } catch (error) {
      console.error(error);
      response.writeHead(500).end();
    }
  }).listen(Number(process.env.PORT), "127.0.0.1");
}

if (cluster.isPrimary) {
  const processes = Math.min(MOST_PROCESSES, availableParallelism());
  for (let count = 0; count < processes; count++) cluster.fork();
  const stop = () => process.exit(0);
  process.on("SIGTERM", stop).on("SIGINT", stop).on("disconnect", stop);
} else {
  serve();
}
