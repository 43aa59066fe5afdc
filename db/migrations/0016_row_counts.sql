CREATE TABLE "row_count" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "row_count_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"counted" text NOT NULL,
	"delta" integer NOT NULL
);
--> statement-breakpoint
-- Many changes of one count become their sum. Whoever has locked some of them is not waited for.
create function sum_row_counts(name text) returns void language sql as $$
  with gone as (
    delete from row_count
    where id in (select id from row_count where counted = name for update skip locked)
    returning delta
  )
  insert into row_count (counted, delta) select name, sum(delta) from gone having count(*) > 0
$$;
--> statement-breakpoint
create function note_row_count(name text, change bigint) returns void language plpgsql as $$
declare change_id bigint;
begin
  if change <> 0 then
    insert into row_count (counted, delta) values (name, change) returning id into change_id;
    if change_id % 64 = 0 then perform sum_row_counts(name); end if;
  end if;
end $$;
--> statement-breakpoint
create function count_rows() returns trigger language plpgsql as $$
declare name text := tg_argv[0];
begin
  if tg_op = 'INSERT' then
    perform note_row_count(name, (select count(*) from changed));
  elsif tg_op = 'DELETE' then
    perform note_row_count(name, -(select count(*) from changed));
  else
    perform note_row_count(name, -(select coalesce(sum(delta), 0) from row_count where counted = name));
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger certificate_counted_insert after insert on certificate referencing new table as changed
  for each statement execute function count_rows('certificate');
--> statement-breakpoint
create trigger certificate_counted_delete after delete on certificate referencing old table as changed
  for each statement execute function count_rows('certificate');
--> statement-breakpoint
create trigger certificate_counted_truncate after truncate on certificate
  for each statement execute function count_rows('certificate');
--> statement-breakpoint
create trigger demo_counted_insert after insert on demo referencing new table as changed
  for each statement execute function count_rows('demo');
--> statement-breakpoint
create trigger demo_counted_delete after delete on demo referencing old table as changed
  for each statement execute function count_rows('demo');
--> statement-breakpoint
create trigger demo_counted_truncate after truncate on demo
  for each statement execute function count_rows('demo');
--> statement-breakpoint
create trigger connection_counted_insert after insert on connection referencing new table as changed
  for each statement execute function count_rows('connection');
--> statement-breakpoint
create trigger connection_counted_delete after delete on connection referencing old table as changed
  for each statement execute function count_rows('connection');
--> statement-breakpoint
create trigger connection_counted_truncate after truncate on connection
  for each statement execute function count_rows('connection');
--> statement-breakpoint
-- Of the accounts that are somebody's, each role by itself.
create function count_users() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform note_row_count('role:' || role, count(*)) from changed where anonymised_at is null group by role;
  elsif tg_op = 'DELETE' then
    perform note_row_count('role:' || role, -count(*)) from changed where anonymised_at is null group by role;
  else
    perform note_row_count(counted, -sum(delta)) from row_count where counted like 'role:%' group by counted;
  end if;
  return null;
end $$;
--> statement-breakpoint
create function count_changed_user() returns trigger language plpgsql as $$
begin
  if old.anonymised_at is null then perform note_row_count('role:' || old.role, -1); end if;
  if new.anonymised_at is null then perform note_row_count('role:' || new.role, 1); end if;
  return null;
end $$;
--> statement-breakpoint
create trigger user_counted_insert after insert on "user" referencing new table as changed
  for each statement execute function count_users();
--> statement-breakpoint
create trigger user_counted_delete after delete on "user" referencing old table as changed
  for each statement execute function count_users();
--> statement-breakpoint
create trigger user_counted_truncate after truncate on "user"
  for each statement execute function count_users();
--> statement-breakpoint
create trigger user_counted_update after update of role, anonymised_at on "user" for each row
  when (old.role <> new.role or (old.anonymised_at is null) <> (new.anonymised_at is null))
  execute function count_changed_user();
--> statement-breakpoint
-- From the tables themselves, while nobody changes them: now, and for whoever loaded rows past the triggers.
create function recount_rows() returns void language plpgsql as $$
begin
  lock table "user", connection, demo, certificate in share mode;
  delete from row_count;
  insert into row_count (counted, delta)
  select 'certificate', count(*) from certificate union all
  select 'demo', count(*) from demo union all
  select 'connection', count(*) from connection union all
  select 'role:' || role, count(*) from "user" where anonymised_at is null group by role;
end $$;
--> statement-breakpoint
select recount_rows();
--> statement-breakpoint
-- Deleted accounts are in no list of users: what lists are read from says which they are. `npm run db:indexes` may have
-- made these before.
do $$
declare name text;
begin
  foreach name in array array['idx_user_name', 'idx_user_filters', 'idx_user_created', 'idx_user_signed_in',
    'idx_user_email', 'idx_user_role'] loop
    if pg_get_indexdef(to_regclass(name)) not like '%anonymised_at)' then execute 'drop index ' || name; end if;
  end loop;
end $$;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_user_name" ON "user" USING btree (lower("name"),"id") INCLUDE ("name","role","student_id","anonymised_at");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_user_filters" ON "user" USING btree (lower("name"),"id") INCLUDE ("name","role","disabled_at","student_id","shown_status","shown_batch_id","shown_from","shown_until","wakatime_status","anonymised_at");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_user_created" ON "user" USING btree ("created_at","id") INCLUDE ("anonymised_at");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_user_signed_in" ON "user" USING btree (coalesce(last_sign_in_at, '-infinity'::timestamptz),"id") INCLUDE ("anonymised_at");--> statement-breakpoint
CREATE UNIQUE INDEX IF NOT EXISTS "idx_user_email" ON "user" USING btree ("email") INCLUDE ("id","anonymised_at");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_user_role" ON "user" USING btree ("role","id") INCLUDE ("anonymised_at");--> statement-breakpoint
-- A person's days by the index alone, also where their items are asked for next. `npm run db:indexes` makes it without
-- holding up a sync, where the table is large.
do $$ begin
  if pg_get_indexdef('idx_daily_summary_user_date'::regclass) not like '%(total_ms, id)' then
    drop index idx_daily_summary_user_date;
    create unique index idx_daily_summary_user_date on daily_summary (user_id, date) include (total_ms, id);
  end if;
end $$;
