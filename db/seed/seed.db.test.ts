import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDb, withRollback } from "@/db/testing/database";
import { decryptToken, parseTokenKeys, tokenAad } from "@/lib/wakatime/token-crypto";
import { type FillOptions, fillAcademy } from "./academy";
import { codingDay, personFromToken } from "./coding-generator";
import { seed } from "./index";

const NOW = new Date("2026-11-23T18:00:00Z");
const KEYS = `test:${Buffer.alloc(32, 9).toString("base64")}`;
const OPTIONS: FillOptions = { size: "demo", now: NOW, password: "Cohort-abcdef-12", tokenKeys: KEYS };
const SEED = { size: "demo", now: NOW, authSecret: "a secret of thirty-two characters.", tokenKeys: KEYS } as const;

/** Everything that is not a hash, a nonce or the time of writing. */
const fingerprint = sql`
  select md5(concat(
    (select string_agg(concat_ws('|', id, email, name, role, phone, time_zone, created_at), E'\n' order by id) from "user"),
    (select string_agg(concat_ws('|', student_id, batch_id, status, from_date, to_date), E'\n' order by student_id, from_date) from enrolment),
    (select string_agg(concat_ws('|', student_id, project_id, status), E'\n' order by student_id, project_id) from assignment),
    (select string_agg(concat_ws('|', student_id, name, date_issued, date_expired), E'\n' order by student_id, name, date_issued) from certificate),
    (select string_agg(concat_ws('|', student_id, title, demo_date), E'\n' order by student_id, title, demo_date) from demo),
    (select string_agg(concat_ws('|', session_id, student_id, status, rating, queued_at), E'\n' order by session_id, student_id) from demo_signup),
    (select string_agg(concat_ws('|', user_id, date, total_ms, time_zone), E'\n' order by user_id, date) from daily_summary),
    (select md5(string_agg(concat_ws('|', s.user_id, s.date, n.kind, n.name, i.ms), E'\n' order by s.user_id, s.date, n.kind::text, n.name))
      from daily_summary_item i join daily_summary s on s.id = i.summary_id join coding_name n on n.id = i.name_id)
  )) as hash`;

describe("an empty database", () => {
  it("is filled the same way twice", async () => {
    const fill = () =>
      withRollback(testDb(), async (tx) => {
        await fillAcademy(tx, OPTIONS);
        return tx.execute(fingerprint);
      });
    const [first] = await fill();
    const [second] = await fill();
    expect(first?.hash).toMatch(/^[0-9a-f]{32}$/);
    expect(second).toEqual(first);
  });

  it("keeps its foreign keys and indexes", async () => {
    const definitions = sql`
      select coalesce(string_agg(line, E'\n' order by line), '') as text from (
        select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || convalidated as line
          from pg_constraint where connamespace = 'public'::regnamespace
        union all select indexdef from pg_indexes where schemaname = 'public') lines`;
    const [before] = await testDb().execute(definitions);
    const [after] = await withRollback(testDb(), async (tx) => {
      await fillAcademy(tx, OPTIONS);
      return tx.execute(definitions);
    });
    expect(after).toEqual(before);
  });
});

describe("a seeded database", () => {
  beforeAll(() => seed(testDb(), SEED));

  const count = async (statement: ReturnType<typeof sql>): Promise<number> => {
    const [row] = await testDb().execute<{ count: number }>(sql`select count(*)::int as count from ${statement}`);
    return row?.count ?? -1;
  };

  it("refuses a second seed and stays as it was", async () => {
    await expect(seed(testDb(), SEED)).rejects.toThrow("This database already has people in it");
    expect(await count(sql`student`)).toBe(160);
  });

  it("takes new rows after the given ids", async () => {
    await withRollback(testDb(), async (tx) => {
      await tx.execute(sql`insert into "user" (email, name) values ('new@cohort.test', 'New')`);
      await tx.execute(sql`insert into demo_session (session_date, time_zone) values ('2030-01-04', 'UTC')`);
    });
  });

  it("tells every story", async () => {
    const current = sql`from_date <= '2026-11-23' and (to_date is null or to_date > '2026-11-23')`;
    const stories: [what: string, expected: number | "some", from: ReturnType<typeof sql>][] = [
      ["students", 160, sql`"user" where role = 'student'`],
      ["instructors", 12, sql`"user" where role = 'instructor'`],
      ["admins", 3, sql`"user" where role = 'admin'`],
      ["disabled", 1, sql`"user" where disabled_at is not null`],
      ["batches", 6, sql`batch`],
      ["running batches", 3, sql`batch where '2026-11-23' between start_date and end_date`],
      ["zones", 2, sql`(select distinct time_zone from batch) z`],
      [
        "batches without instructor",
        0,
        sql`batch b where not exists (select from batch_instructor where batch_id = b.id)`,
      ],
      ["broken link", 1, sql`connection where status = 'needs_reconnect' and last_error is not null`],
      ["never connected", 6, sql`student s where not exists (select from connection c where c.user_id = s.user_id)`],
      ["synced already", 0, sql`connection where status = 'active' and last_synced_at is not null`],
      ["graduated", "some", sql`enrolment where status = 'graduated' and to_date is not null`],
      ["dropped", "some", sql`enrolment where status = 'dropped' and to_date is not null`],
      ["paused now", "some", sql`enrolment where status = 'paused' and ${current}`],
      ["invited", "some", sql`enrolment where status = 'invited'`],
      ["moved", 5, sql`(select student_id from enrolment group by 1 having count(*) > 1) m`],
      ["expired certificates", "some", sql`certificate where date_expired < '2026-11-23'`],
      ["certificates without expiry", "some", sql`certificate where date_expired is null`],
      ["past sessions", 12, sql`demo_session where session_date < '2026-11-23'`],
      ["sessions to come", 6, sql`demo_session where session_date >= '2026-11-23'`],
      ["cancelled session", 1, sql`demo_session where is_cancelled`],
      ["inactive session", 1, sql`demo_session where not is_active`],
      ["rated", "some", sql`demo_signup where status = 'presented' and rating between 1 and 5`],
      ["no-shows", "some", sql`demo_signup where status = 'no_show'`],
      ["waiting", 3, sql`demo_signup where status = 'waitlisted'`],
      [
        "over capacity",
        0,
        sql`demo_session s where max_scheduled < (select count(*) from demo_signup
        where session_id = s.id and status in ('scheduled', 'presented', 'no_show'))`,
      ],
      ["open assignments", "some", sql`assignment where status = 'active'`],
      ["demo mark", 1, sql`setting where key = 'demo' and value = '{"size": "demo", "seededOn": "2026-11-23"}'`],
      ["zone setting", 1, sql`setting where key = 'academy_time_zone' and value = '"America/Chicago"'`],
      ["holidays", 33, sql`holiday`],
      ["days left to the sync", 0, sql`daily_summary where date > '2026-11-09'`],
      ["days up to them", "some", sql`daily_summary where date = '2026-11-09'`],
      ["days of rest", "some", sql`daily_summary where total_ms = 0`],
    ];
    for (const [what, expected, from] of stories) {
      const found = await count(from);
      if (expected === "some") expect(found, what).toBeGreaterThan(0);
      else expect(found, what).toBe(expected);
    }
  });

  it("has a student and an instructor worth signing in as", async () => {
    const [student] = await testDb().execute(sql`
      select e.status, c.status as link,
        (select count(*)::int > 0 from demo where student_id = s.id) as demos,
        (select array_agg(distinct status::text order by status::text) from demo_signup where student_id = s.id) as signups
      from "user" u join student s on s.user_id = u.id join connection c on c.user_id = u.id
      join enrolment e on e.student_id = s.id and e.to_date is null join batch b on b.id = e.batch_id
      where u.email = 'student@cohort.test' and '2026-11-23' between b.start_date and b.end_date`);
    expect(student).toEqual({
      status: "active",
      link: "active",
      demos: true,
      signups: ["presented", "scheduled", "waitlisted"],
    });
    // One of all coding; one of a language that they do code in.
    const goals = await testDb().execute(sql`
      select g.period, g.kind, exists (
        select from daily_summary d join daily_summary_item i on i.summary_id = d.id join coding_name n on n.id = i.name_id
        where d.user_id = u.id and n.kind = g.kind and n.name = g.name) as known
      from goal g join student s on s.id = g.student_id join "user" u on u.id = s.user_id
      where u.email = 'student@cohort.test' order by g.slot`);
    expect([...goals]).toEqual([
      { period: "week", kind: null, known: false },
      { period: "day", kind: "language", known: true },
    ]);
    expect(
      await count(sql`batch_instructor i join "user" u on u.id = i.user_id
      where u.email = 'instructor@cohort.test'`),
    ).toBe(2);
  });

  it("holds the very days that the generator gives for the person in each token, items included", async () => {
    const keys = parseTokenKeys(KEYS);
    const links = await testDb().execute<{ user_id: number; key_id: string; access: string; zone: string }>(
      sql`select user_id, key_id, access_token_encrypted as access, time_zone as zone from connection order by user_id`,
    );
    let days = 0;
    for (const { user_id, key_id, access, zone } of links) {
      const plain = decryptToken({ keyId: key_id, ciphertext: access }, keys, tokenAad(user_id, "access"));
      const person = personFromToken(plain);
      if (!person) throw new Error(`No person in the token of user ${user_id}.`);
      expect(person.timeZone).toBe(zone);
      const rows = await testDb().execute<{ date: string; total: number; items: Record<string, number> | null }>(sql`
        select s.date::text as date, s.total_ms as total,
          (select json_object_agg(n.kind || ' ' || n.name, i.ms) from daily_summary_item i
            join coding_name n on n.id = i.name_id where i.summary_id = s.id) as items
        from daily_summary s where s.user_id = ${user_id} order by s.date`);
      for (const { date, total, items } of rows) {
        const day = codingDay(person, date);
        const expected = Object.fromEntries(day.items.map(({ kind, name, ms }) => [`${kind} ${name}`, ms]));
        if (total !== day.totalMs) expect({ user_id, date, total }).toEqual({ user_id, date, total: day.totalMs });
        expect(items ?? {}).toEqual(expected);
        days += 1;
      }
    }
    expect(links.length).toBe(154);
    expect(days).toBe(await count(sql`daily_summary`));
    expect(days).toBeGreaterThan(20_000);
  });
});

describe("a thousand students", () => {
  // The rest of the file is done with the demo academy.
  beforeAll(() => clear());
  afterAll(() => clear());
  const clear = async () => {
    await testDb().execute(
      sql`truncate "user", batch, demo_session, coding_name, sync_run, setting, holiday restart identity cascade`,
    );
  };

  it("have days up to today and the history of the last nights", async () => {
    await seed(testDb(), { ...SEED, size: "1k" });
    const [facts] = await testDb().execute(sql`
      select (select count(*)::int from student) as students, (select max(date)::text from daily_summary) as newest,
        (select max(n)::int <= 300 from (select count(*) as n from daily_summary group by user_id) d) as bounded,
        (select count(*)::int from enrolment where to_date is null) as current, (select count(*)::int from sync_run) as runs,
        (select bool_and(relallvisible >= relpages) from pg_class where relname in ('daily_summary', 'daily_summary_item')) as visible`);
    expect(facts).toEqual({
      students: 1_000,
      newest: "2026-11-23",
      bounded: true,
      current: 40,
      runs: 3,
      visible: true,
    });
  });
});
