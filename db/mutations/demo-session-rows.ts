import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { demoSession } from "@/db/schema";
import type { Actor } from "@/lib/auth/permissions";
import type { DateString } from "@/lib/dates";
import { recordAudits } from "./audit";
import { announceSessions } from "./demo-notices";
import type { SessionFields } from "./demo-session-fields";
import { holdDates, sessionLabel } from "./demo-session-lock";

/** Sessions of one content on these days, in the order of the days; a day that got one meanwhile is left out. */
export async function insertSessions(
  tx: Db,
  actor: Actor,
  dates: DateString[],
  fields: Omit<SessionFields, "sessionDate">,
  now: Date,
): Promise<{ id: number; date: DateString }[]> {
  if (dates.length === 0) return [];
  await holdDates(tx);
  const rows = await tx
    .insert(demoSession)
    .values([...dates].sort().map((sessionDate) => ({ ...fields, sessionDate })))
    .onConflictDoNothing({ target: demoSession.sessionDate, where: sql`not is_cancelled` })
    .returning({ id: demoSession.id, date: demoSession.sessionDate });
  await recordAudits(
    tx,
    actor,
    rows.map(({ id, date }) => ({
      ...{ action: "demo-session.create", subjectType: "demo_session", subjectId: id },
      label: sessionLabel({ title: fields.title, sessionDate: date }),
      after: { ...fields, sessionDate: date },
    })),
  );
  const open = fields.isActive ? rows.map(({ id }) => id) : [];
  await announceSessions(tx, open, now);
  return rows;
}
