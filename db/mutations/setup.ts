import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { isUnclaimed, SETUP_TOKEN_SETTING } from "@/db/queries/account";
import { setting, user } from "@/db/schema";
import { hashToken, newSessionId } from "@/lib/auth/session-token";
import type { DemoRule } from "@/lib/demo-sessions/weekly-rule";
import { type ActionResult, failure, ok } from "@/lib/errors";
import { recordAudit } from "./audit";
import { type Device, openSession } from "./session";

/**
 * A one-time token for the set-up page of an empty database, to be printed in the server's log; an earlier one stops
 * working. Null when somebody has an account already.
 */
export async function createSetupToken(db: Database): Promise<string | null> {
  if (!(await isUnclaimed(db))) return null;
  const token = newSessionId();
  const value = hashToken(token).toString("hex");
  await db
    .insert(setting)
    .values({ key: SETUP_TOKEN_SETTING, value })
    .onConflictDoUpdate({ target: setting.key, set: { value } });
  return token;
}

const REFUSED = "This set-up link has been used or replaced. The server's log shows the current one.";

type FirstAdmin = {
  name: string;
  email: string;
  passwordHash: string;
  academyName: string;
  timeZone: string;
  /** By which demo sessions are created from now on; null creates none. */
  demoRule: DemoRule | null;
};

/** Makes the first admin and names the academy, once: the token is taken in the same transaction. */
export async function claimAcademy(
  db: Database,
  token: string,
  admin: FirstAdmin,
  device: Device,
): Promise<ActionResult<{ userId: number; sid: string }>> {
  const { academyName, timeZone, demoRule, ...account } = admin;
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(setting).where(eq(setting.key, SETUP_TOKEN_SETTING)).for("update");
    if (row?.value !== hashToken(token).toString("hex") || !(await isUnclaimed(tx)))
      return failure("forbidden", REFUSED);
    await tx.delete(setting).where(eq(setting.key, SETUP_TOKEN_SETTING));
    const [created] = await tx
      .insert(user)
      .values({ ...account, role: "admin" })
      .returning({ id: user.id });
    if (!created) throw new Error("inserting the first admin returned no row");
    await tx
      .insert(setting)
      .values([
        { key: "academy_name", value: academyName },
        { key: "academy_time_zone", value: timeZone },
        ...(demoRule ? [{ key: "demo_rule", value: demoRule }] : []),
      ])
      .onConflictDoUpdate({ target: setting.key, set: { value: sql`excluded.value` } });
    await recordAudit(
      tx,
      { type: "user", id: created.id, role: "admin" },
      {
        action: "academy.claim",
        subjectType: "user",
        subjectId: created.id,
        label: account.name,
        after: { academyName, timeZone, weeklyDemos: demoRule !== null },
      },
    );
    return ok({ userId: created.id, sid: await openSession(tx, created.id, device) });
  });
}
