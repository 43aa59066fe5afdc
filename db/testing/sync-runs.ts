import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { SyncOutcomeKind } from "@/db/enums";
import { batchInstructor, syncOutcome, syncRun } from "@/db/schema";
import { createBatch, createConnection, createStudent, createUser } from "./factories";

let serial = 0;

type RunValues = Partial<typeof syncRun.$inferInsert> & {
  /** How long ago a worker last touched the run. */
  stillSeconds?: number;
};

/** A run that somebody asked for just now and that no worker has seen, unless told otherwise. */
export async function createRun(db: Db, { stillSeconds = 0, ...values }: RunValues = {}) {
  serial += 1;
  const [run] = await db
    .insert(syncRun)
    .values({
      key: `run-${serial}`,
      ...(values.actorUserId ? {} : { actorJob: "sync-tick" }),
      ...(values.windowStart ? {} : { windowDays: 14 }),
      ...values,
      updatedAt: sql`now() - make_interval(secs => ${stillSeconds})`,
    })
    .returning({ id: syncRun.id });
  if (!run) throw new Error("the insert returned no row");
  return run.id;
}

export const addOutcome = (
  db: Db,
  runId: number,
  userId: number,
  kind: SyncOutcomeKind,
  reason: string | null = null,
) =>
  db.insert(syncOutcome).values({
    runId,
    userId,
    kind,
    reason,
    daysWritten: kind === "ok" ? 2 : 0,
    daysUnchanged: kind === "ok" ? 12 : 0,
  });

/** An admin, and two instructors with a batch of two connected students each. */
export async function twoBatches(db: Db) {
  const instructor = async (name: string) => {
    const person = await createUser(db, { name, role: "instructor" });
    const batch = await createBatch(db, { name: `Batch of ${name}` });
    await db.insert(batchInstructor).values({ batchId: batch.id, userId: person.id });
    const students = [];
    for (const each of ["First", "Second"]) {
      const student = await createStudent(db, { name: `${each} of ${name}`, batchId: batch.id });
      await createConnection(db, student.id);
      students.push(student.id);
    }
    const [first = 0, second = 0] = students;
    return { looker: { id: person.id, role: "instructor" as const }, batchId: batch.id, first, second };
  };
  const admin = await createUser(db, { name: "Root", role: "admin" });
  return {
    admin: { id: admin.id, role: "admin" as const },
    mine: await instructor("Mia"),
    theirs: await instructor("Theo"),
  };
}
