import type { Db } from "@/db/client";
import { openSession } from "@/db/mutations/session";
import { getViewerBySessionId, type Viewer } from "@/db/queries/session";
import { createBatch, createStudent } from "@/db/testing/factories";

/** The signed-in person of a further session. */
export async function signedIn(db: Db, userId: number): Promise<Viewer> {
  const viewer = await getViewerBySessionId(db, await openSession(db, userId, { ip: null, userAgent: "test" }));
  if (!viewer) throw new Error("the session that was just opened does not count");
  return viewer;
}

/** A student of a current batch, signed in and without a link. */
export async function createVisitor(db: Db): Promise<Viewer> {
  const batch = await createBatch(db);
  const student = await createStudent(db, { batchId: batch.id });
  return signedIn(db, student.id);
}
