import { sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { judgeRoster } from "@/db/queries/roster";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, failure, ok, violatedConstraint } from "@/lib/errors";
import type { NewLink } from "@/lib/notify/link-token";
import { digestOf } from "@/lib/roster/digest";
import { countVerdicts } from "@/lib/roster/dry-run";
import { questionOf } from "@/lib/roster/facts";
import type { RosterRow } from "@/lib/roster/row";
import type { Judged } from "@/lib/roster/verdict";
import type { VerdictKind } from "@/lib/roster/verdict-kinds";
import { recordAudit, recordAudits } from "./audit";
import { auditPeople, lockRoster, writeAccounts, writeEnrolments } from "./roster-rows";
import { settlePlacesOf } from "./signup-settle";
import { mailLinks } from "./user-token";

export type RosterImport = {
  rows: RosterRow[];
  /** Where new people go for whom the file names no batch. */
  batchId: number | null;
  /** What the dry run promised (lib/roster/digest). */
  digest: string;
  /** What the file is called, for the audit log. */
  label: string;
  /** Makes the link of one invitation, for everybody who is invitable; null when nobody is to be invited. */
  newLink: (() => NewLink) | null;
};

/** Done, or nothing written at all because the verdicts are others by now. */
export type RosterOutcome =
  | { outcome: "applied"; counts: Record<VerdictKind, number>; invited: number }
  | { outcome: "changed-meanwhile"; judged: Judged[] };

/** Somebody has signed up, or was enrolled, between our look and our writing. */
class Overtaken extends Error {}

/**
 * Does what a dry run has promised, in one transaction: all rows without error, judged again under locks. When a verdict
 * would be another one by now, nothing is written and the new ones are returned. Doing it again changes nothing.
 */
export async function importRoster(
  db: Database,
  actor: Actor,
  input: RosterImport,
): Promise<ActionResult<RosterOutcome>> {
  if (!can(actor, "user.import")) return failure("forbidden", "Only admins import people.");
  try {
    return await db.transaction((tx) => apply(tx, actor, input));
  } catch (error) {
    if (!(error instanceof Overtaken) && violatedConstraint(error) !== "enrolment_one_at_a_time") throw error;
    return ok({ outcome: "changed-meanwhile", judged: await judgeRoster(db, input.rows, input.batchId) });
  }
}

async function apply(tx: Db, actor: Actor, input: RosterImport): Promise<ActionResult<RosterOutcome>> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('roster.import'))`);
  await lockRoster(tx, questionOf(input.rows).emails);
  const judged = await judgeRoster(tx, input.rows, input.batchId);
  if (digestOf(judged) !== input.digest) return ok({ outcome: "changed-meanwhile", judged });

  const counts = countVerdicts(judged);
  const changing = judged.filter(({ kind }) => kind === "new" || kind === "changed");
  const ids = await writeAccounts(tx, changing);
  if (!ids) throw new Overtaken();
  const endedWork = await writeEnrolments(tx, changing, ids);
  await auditPeople(tx, actor, changing, ids, endedWork);
  const enrolled = changing.filter(({ kind, enrolment }) => kind === "changed" && enrolment);
  await settlePlacesOf(
    tx,
    actor,
    enrolled.map(({ email }) => ids.studentOf(email)),
    new Date(),
  );
  const { newLink } = input;
  const invited = newLink
    ? judged
        .filter(({ invitable }) => invitable)
        .map(({ email, name, account }) => {
          const userId = account?.userId ?? ids.userOf(email);
          return { userId, email, name, isNew: account?.userId === null, link: newLink() };
        })
    : [];
  await mailLinks(tx, "invite", invited);
  // Of those who are new, the event of their import says it all.
  const before = invited.filter(({ isNew }) => !isNew);
  await recordAudits(
    tx,
    actor,
    before.map(({ userId, name, email }) => ({
      ...{ action: "user.invite", subjectType: "user", subjectId: userId, label: name },
      after: { email },
    })),
  );
  await recordAudit(tx, actor, {
    action: "roster.import",
    subjectType: "import",
    subjectId: null,
    label: input.label,
    after: { ...counts, invited: invited.length },
  });
  return ok({ outcome: "applied", counts, invited: invited.length });
}
