import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect } from "vitest";
import { requestDeletion } from "@/db/mutations/account-deletion";
import { user } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createBatch, createUser } from "@/db/testing/factories";
import { type FakeWakatime, startFakeWakatime } from "@/e2e/fakes/wakatime";
import type { Actor } from "@/lib/auth/permissions";
import { runJob } from "../run";
import { createTestIo } from "./io";

type UserActor = Extract<Actor, { type: "user" }>;

/** Accounts that are to be deleted: an academy with a batch and an admin, and the tick by hand at any time. */
export function accountLab() {
  const db = testDb();
  const now = new Date();
  const home = mkdtempSync(join(tmpdir(), "cohort-accounts-"));
  let fake: FakeWakatime | undefined;
  let made: { admin: UserActor; batchId: number } | undefined;
  const begun = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error("The test has not begun.");
    return value;
  };

  const lab = {
    db,
    now,
    home,
    get fake() {
      return begun(fake);
    },
    get admin() {
      return begun(made).admin;
    },
    get batchId() {
      return begun(made).batchId;
    },
    inDays: (days: number) => new Date(now.getTime() + days * 86_400_000),
    student: (id: number): Actor => ({ type: "user", id, role: "student" }),
    /** The names of the jobs that the tick asked for. */
    async tick(at: Date) {
      const { io, sent, close } = createTestIo(db, lab.fake.url, () => at);
      try {
        await runJob("account-tick", {}, io);
      } finally {
        await close();
      }
      return sent.map(({ name }) => name);
    },
    async userRow(id: number) {
      const [row] = await db.select().from(user).where(eq(user.id, id));
      if (!row) throw new Error("users are never deleted");
      return row;
    },
    async askAndRemind(id: number) {
      expect(await requestDeletion(db, lab.student(id), now)).toMatchObject({ ok: true });
      await lab.tick(lab.inDays(13.1));
    },
  };

  beforeAll(async () => {
    fake = await startFakeWakatime({ now: () => now });
    Object.assign(process.env, { WAKATIME_CLIENT_ID: "id", WAKATIME_CLIENT_SECRET: "secret", COHORT_HOME: home });
    const admin = await createUser(db, { role: "admin", name: "Head of School" });
    made = { admin: { type: "user", id: admin.id, role: "admin" }, batchId: (await createBatch(db)).id };
  });
  afterAll(async () => {
    await fake?.close();
    rmSync(home, { recursive: true, force: true });
  });
  return lab;
}
