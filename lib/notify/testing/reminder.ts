import { createDb } from "@/db/client";
import { requireEnv } from "@/lib/env";
import { runJob } from "@/lib/jobs/run";
import { createSendingIo } from "./io";

/** A worker that reminds, as a process of its own, to be killed: the tick at NOW, then what it asked for. */
const { db, close } = createDb(requireEnv("DATABASE_URL"), { max: 4, name: "cohort-test-reminder" });
const { io } = createSendingIo(db);
const now = new Date(process.env.NOW ?? "");
await runJob("demo-tick", {}, { ...io, now: () => now });
process.stdout.write("written\n");
await runJob("outbox-send", {}, io);
process.stdout.write("sent\n");
await close();
