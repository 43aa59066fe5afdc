import { isDeepStrictEqual } from "node:util";
import { eq, sql } from "drizzle-orm";
import type { Database, Db } from "@/db/client";
import type { SettingKey } from "@/db/queries/settings";
import { setting } from "@/db/schema";
import type { RiskThresholds } from "@/lib/analytics/early-warning";
import { type Actor, can } from "@/lib/auth/permissions";
import { type ActionResult, editedMeanwhile, failure, ok } from "@/lib/errors";
import { weekdaysInWords } from "@/lib/format";
import type { StoredSlack } from "@/lib/notify/slack-secret";
import { recordAudit } from "./audit";

/** What each setting holds, how the log calls it, and what of its value may stand there. */
type Kinds = {
  academy_name: string;
  academy_time_zone: string;
  rest_days: number[];
  early_warning: RiskThresholds;
  slack_webhook: StoredSlack;
};

const LABELS: Record<SettingKey, string> = {
  academy_name: "Academy name",
  academy_time_zone: "Academy time zone",
  rest_days: "Rest days",
  early_warning: "Early warning",
  slack_webhook: "Slack address",
};

/** The field of the form; null where what is stored is not shown, or has fields of its own. */
const FIELDS: Record<SettingKey, string | null> = {
  academy_name: "academyName",
  academy_time_zone: "timeZone",
  rest_days: "restDays",
  early_warning: null,
  slack_webhook: null,
};

const isThresholds = (value: unknown): value is RiskThresholds => Object.hasOwn(value as object, "watchPoints");

/** Days by their names; what lets its holder write to a channel by where it leads and how it ends. */
const tellable = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return weekdaysInWords(value);
  if (isThresholds(value)) return JSON.stringify(value);
  const slack = value as StoredSlack;
  return `${slack.kind === "bot" ? `bot, ${slack.channel}` : slack.host} …${slack.ending}`;
};

/** What a conflict shows, by the name of the form's field. Of a secret nothing: what was typed is not to stand on the screen. */
const conflictValues = (key: SettingKey, stored: unknown): Record<string, string | null> => {
  if (key === "early_warning" && stored) {
    return Object.fromEntries(Object.entries(stored).map(([name, value]) => [name, String(value)]));
  }
  const field = FIELDS[key];
  return field ? { [field]: tellable(stored) } : {};
};

const forbidden = () => failure("forbidden", "Only admins change the academy's settings.");

async function lastEditor(tx: Db, key: SettingKey): Promise<string | null> {
  const [row] = await tx.execute<{ name: string }>(sql`
    select u.name from audit_event e join "user" u on u.id = e.actor_user_id
    where e.subject_type = 'setting' and e.subject_id is null and e.label = ${LABELS[key]}
    order by e.at desc, e.id desc limit 1`);
  return row?.name ?? null;
}

/**
 * Sets a setting, or removes it with `value` null. `version` is that of the row that was edited, 0 when there was none.
 * A missing row cannot be locked, so the key is: of two who set it first, the second is told.
 */
export const changeSetting = <Key extends SettingKey>(
  db: Database,
  actor: Actor,
  key: Key,
  value: Kinds[Key] | null,
  version: number,
): Promise<ActionResult> =>
  db.transaction(async (tx) => {
    if (!can(actor, "settings.change")) return forbidden();
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`setting:${key}`}))`);
    const [current] = await tx.select().from(setting).where(eq(setting.key, key)).for("update");
    const stored = current?.value ?? null;
    if ((current?.version ?? 0) !== version) {
      return editedMeanwhile({
        version: current?.version ?? 0,
        by: await lastEditor(tx, key),
        values: conflictValues(key, stored),
      });
    }
    if (key !== "slack_webhook" && isDeepStrictEqual(stored, value)) return ok();
    if (value === null && stored === null) return ok();
    // Emptied rather than deleted: its versions go on, so that an old form is never taken for a new one.
    const next = value ?? sql`'null'::jsonb`;
    await tx
      .insert(setting)
      .values({ key, value: next })
      .onConflictDoUpdate({ target: setting.key, set: { value: next, version: version + 1, updatedAt: new Date() } });
    await recordAudit(tx, actor, {
      action: value === null ? "setting.remove" : "setting.change",
      subjectType: "setting",
      subjectId: null,
      label: LABELS[key],
      before: { value: tellable(stored) },
      after: { value: tellable(value) },
    });
    return ok();
  });
