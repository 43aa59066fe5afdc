import { sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import { getDemoRule } from "@/db/queries/demo-session-rule";
import { type Actor, can } from "@/lib/auth/permissions";
import { addDays, type DateString, isDate, later, localDate } from "@/lib/dates";
import { type DemoRule, datesOfRule } from "@/lib/demo-sessions/weekly-rule";
import { type ActionResult, editedMeanwhile, failure, ok } from "@/lib/errors";
import { formatDate } from "@/lib/format";
import { recordAudit } from "./audit";
import { sessionsForbidden } from "./demo-session";
import {
  refuseBatch,
  refuseFields,
  refuseStart,
  refuseZone,
  type SessionFields,
  sessionContent,
} from "./demo-session-fields";
import { insertSessions } from "./demo-session-rows";

export type { DemoRule };

const LABEL = "Weekly demo sessions";
const MOST_WEEKS_AHEAD = 52;

/** The rule for whoever changes it or goes by it: one at a time, also while there is none. */
async function lockRule(tx: Db) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('setting:demo_rule'))`);
  return getDemoRule(tx);
}

async function lastEditor(tx: Db): Promise<string | null> {
  const [row] = await tx.execute<{ name: string }>(sql`
    select u.name from audit_event e join "user" u on u.id = e.actor_user_id
    where e.subject_type = 'setting' and e.subject_id is null and e.label = ${LABEL}
    order by e.at desc, e.id desc limit 1`);
  return row?.name ?? null;
}

const formValues = (rule: DemoRule | null): Record<string, string | null> =>
  rule
    ? {
        ...{ sessionTime: rule.sessionTime, timeZone: rule.timeZone, title: rule.title },
        ...{ description: rule.description, meetingUrl: rule.meetingUrl },
        weekday: String(rule.weekday),
        maxScheduled: rule.maxScheduled === null ? null : String(rule.maxScheduled),
        weeksAhead: String(rule.weeksAhead),
        active: rule.active ? "on" : null,
      }
    : {};

function refuseRule({ weekday, weeksAhead }: Omit<DemoRule, "createdThrough">) {
  const beside = (field: string, message: string) => failure("invalid", message, { fields: { [field]: message } });
  if (![1, 2, 3, 4, 5, 6, 7].includes(weekday)) return beside("weekday", "Please choose a weekday.");
  return Number.isInteger(weeksAhead) && weeksAhead >= 1 && weeksAhead <= MOST_WEEKS_AHEAD
    ? null
    : beside("weeksAhead", `A number from 1 to ${MOST_WEEKS_AHEAD}.`);
}

/**
 * Sets the weekly rule, as the form had it at `version` (0 before the first). Sessions that are there stay as they
 * are, and so do the dates that were decided on: another weekday begins after them.
 */
export const changeDemoRule = (
  db: Database,
  actor: Actor,
  rule: Omit<DemoRule, "createdThrough">,
  version: number,
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    if (!can(actor, "demo-session.edit")) return sessionsForbidden();
    const { rule: before, version: current } = await lockRule(tx);
    if (current !== version) {
      return editedMeanwhile({ version: current, by: await lastEditor(tx), values: formValues(before) });
    }
    const { weekday, weeksAhead, active } = rule;
    const { sessionTime, timeZone, title, description, meetingUrl, maxScheduled } = sessionContent({
      ...{ ...rule, sessionDate: "", notes: null, batchId: null, isActive: true },
    });
    const content = { sessionTime, timeZone, title, description, meetingUrl, maxScheduled };
    const refused =
      refuseFields({ ...content, notes: null, batchId: null, isActive: true }) ??
      refuseRule(rule) ??
      (await refuseZone(tx, timeZone));
    if (refused) return refused;
    const { createdThrough = null, ...old } = before ?? {};
    const after = { weekday, weeksAhead, active, ...content };
    await tx.execute(sql`
      insert into setting (key, value) values ('demo_rule', ${JSON.stringify({ ...after, createdThrough })}::jsonb)
      on conflict (key) do update set value = excluded.value, version = setting.version + 1, updated_at = now()`);
    await recordAudit(tx, actor, {
      ...{ action: "demo-session.change-rule", subjectType: "setting", subjectId: null, label: LABEL },
      ...(before && { before: old }),
      after,
    });
    return ok();
  });

/** When the rule's session of a day begins, it is too late to create it. */
async function hasBegun(tx: Db, date: DateString, { sessionTime, timeZone }: DemoRule, now: Date): Promise<boolean> {
  const [row] = await tx.execute<{ begun: boolean }>(sql`
    select (${date}::date + ${sessionTime}::time) at time zone ${timeZone}::text <= ${now.toISOString()}::timestamptz as begun`);
  return row?.begun ?? false;
}

/** Of these dates those that are free: no holiday, and no session, be it one that was cancelled. */
async function freeDates(tx: Db, dates: DateString[]): Promise<DateString[]> {
  const rows: { date: DateString }[] = await tx.execute<{ date: DateString }>(sql`
    select d.date::text as date from unnest(${sql.param(dates)}::text[]::date[]) as d(date)
    where not exists (select from holiday h where h.date = d.date)
      and not exists (select from demo_session s where s.session_date = d.date)
    order by d.date`);
  return rows.map(({ date }) => date);
}

/**
 * What the rule asks for by now: the sessions of its next `weeksAhead` dates, but for holidays and days that have one.
 * Each date is decided on once: what staff delete or cancel afterwards stays so. Run again, it creates nothing.
 */
export const createDueSessions = (db: Database, actor: Actor, now: Date): Promise<{ created: number }> =>
  db.transaction(async (tx) => {
    if (!can(actor, "demo-session.edit")) return { created: 0 };
    const { rule } = await lockRule(tx);
    if (!rule?.active) return { created: 0 };
    const { weekday, weeksAhead, createdThrough, sessionTime, timeZone, title, description, meetingUrl, maxScheduled } =
      rule;
    const today = localDate(now, timeZone);
    const from = (await hasBegun(tx, today, rule, now)) ? addDays(today, 1) : today;
    const wanted = datesOfRule(weekday, from, weeksAhead);
    const undecided = wanted.filter((date) => createdThrough === null || date > createdThrough);
    const last = undecided.at(-1);
    if (!last) return { created: 0 };
    const created = await insertSessions(
      tx,
      actor,
      await freeDates(tx, undecided),
      {
        ...{ sessionTime, timeZone, title, description, meetingUrl, maxScheduled },
        ...{ notes: null, batchId: null, isActive: true },
      },
      now,
    );
    // The job's own note: a form that is open meanwhile is not out of date by it.
    const through = later(createdThrough ?? last, last);
    await tx.execute(sql`
      update setting set value = value || jsonb_build_object('createdThrough', ${through}::text), updated_at = now()
      where key = 'demo_rule'`);
    return { created: created.length };
  });

export type BulkCreation = { dates: DateString[]; fields: Omit<SessionFields, "sessionDate"> };

const MOST_DATES = 200;

/** Sessions on many days at once, all to come. Days that have one already are left out and named, not refused. */
export const createDemoSessions = (
  db: Database,
  actor: Actor,
  { dates, fields }: BulkCreation,
  now: Date,
): Promise<ActionResult<{ created: { id: number; date: DateString }[]; taken: DateString[] }>> =>
  db.transaction(async (tx) => {
    if (!can(actor, "demo-session.edit")) return sessionsForbidden();
    const days = [...new Set(dates)].sort();
    const refusedDates = (message: string) => failure("invalid", message, { fields: { dates: message } });
    if (days.length === 0) return refusedDates("Choose at least one day.");
    if (days.length > MOST_DATES) return refusedDates(`At most ${MOST_DATES} days at once.`);
    const { sessionDate: _, ...content } = sessionContent({ ...fields, sessionDate: "" });
    const refused = refuseFields(content) ?? (await refuseBatch(tx, content.batchId));
    if (refused) return refused;
    // In order: where the first is to come, so are the others. But a day that is none could stand anywhere.
    for (const sessionDate of days.filter((day, index) => index === 0 || !isDate(day))) {
      const over = await refuseStart(tx, { ...content, sessionDate }, now);
      if (over) return refusedDates(`${isDate(sessionDate) ? `${formatDate(sessionDate)}: ` : ""}${over.message}`);
    }
    const created = await insertSessions(tx, actor, days, content, now);
    const made = new Set(created.map(({ date }) => date));
    return ok({ created, taken: days.filter((date) => !made.has(date)) });
  });
