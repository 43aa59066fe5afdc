import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { DEFAULT_THRESHOLDS, type RiskThresholds } from "@/lib/analytics/early-warning";
import type { DateString } from "@/lib/dates";
import type { StoredSlack } from "@/lib/notify/slack-secret";
import { sessionDay } from "./demo-session-state";
import { restDays } from "./fragments";

/** What an admin changes on the settings page. Others are the product's own. */
export const settingKeys = [
  "academy_name",
  "academy_time_zone",
  "rest_days",
  "early_warning",
  "slack_webhook",
] as const;
export type SettingKey = (typeof settingKeys)[number];

/** `version` 0 is a setting that has no row yet. */
export type Setting<T> = { value: T | null; version: number };

export type Holiday = {
  id: number;
  date: DateString;
  name: string;
  version: number;
  /** A demo session that is still to come on that day and not cancelled: there is at most one. */
  session: { id: number; title: string } | null;
};

export type Settings = {
  academyName: Setting<string>;
  timeZone: Setting<string>;
  /** Days of the week, 1 (Monday) to 7, on which nobody has to code; the usual ones while none were chosen. */
  restDays: { value: number[]; version: number };
  /** Version 0 has the product's own thresholds. */
  earlyWarning: { value: RiskThresholds; version: number };
  /** Never the secret itself. A webhook has a host, a bot has the academy's channel. */
  slack: Setting<{ host: string | null; channel: string | null; ending: string }>;
  holidays: Holiday[];
  /** Batches that are not in the archive, and how many of them live in a zone other than the academy's. */
  batches: { total: number; elsewhere: number };
};

/** Everything of `/admin/settings` that is stored, in one statement. `now` decides which sessions are still to come. */
export async function getSettings(db: Db, now = new Date()): Promise<Settings> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await db.execute<{ settings: Settings }>(sql`
    with academy as (
      select coalesce((select value #>> '{}' from setting where key = 'academy_time_zone'), 'UTC') as zone
    )
    select json_build_object(
      'academyName', (select json_build_object('value', max(value #>> '{}'), 'version', coalesce(max(version), 0))
        from setting where key = 'academy_name'),
      'timeZone', (select json_build_object('value', max(value #>> '{}'), 'version', coalesce(max(version), 0))
        from setting where key = 'academy_time_zone'),
      'restDays', json_build_object('value', ${restDays},
        'version', coalesce((select version from setting where key = 'rest_days'), 0)),
      'earlyWarning', (select json_build_object('value', coalesce(min(value::text)::jsonb, '{}'),
        'version', coalesce(max(version), 0)) from setting where key = 'early_warning'),
      'slack', coalesce(
        (select json_build_object('version', version, 'value', case when jsonb_typeof(value) = 'object'
            then json_build_object('host', value ->> 'host', 'channel', value ->> 'channel', 'ending', value ->> 'ending') end)
          from setting where key = 'slack_webhook'),
        json_build_object('value', null, 'version', 0)),
      'holidays', (
        select coalesce(json_agg(json_build_object('id', h.id, 'date', h.date, 'name', h.name, 'version', h.version,
          'session', case when s.id is not null then json_build_object('id', s.id, 'title', s.title) end)
          order by h.date), '[]')
        from holiday h
        left join demo_session s
          on s.session_date = h.date and not s.is_cancelled and s.session_date >= ${sessionDay(at)}),
      'batches', (
        select json_build_object('total', count(*), 'elsewhere', count(*) filter (where b.time_zone <> academy.zone))
        from batch b cross join academy
        where b.archived_at is null)
    ) as settings`);
  if (!row) throw new Error("the settings statement returned no row");
  const { earlyWarning, ...settings } = row.settings;
  return { ...settings, earlyWarning: { ...earlyWarning, value: { ...DEFAULT_THRESHOLDS, ...earlyWarning.value } } };
}

/** How Slack is reached, for whoever sends; null when it is not connected. */
export async function getStoredSlack(db: Db): Promise<StoredSlack | null> {
  const [row] = await db.execute<{ value: StoredSlack | null }>(
    sql`select value from setting where key = 'slack_webhook'`,
  );
  return row?.value ?? null;
}
