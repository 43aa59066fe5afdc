ALTER TABLE "user" ADD COLUMN "shown_status" "enrolment_status";--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "shown_batch_id" integer;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "shown_from" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "shown_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "wakatime_status" "connection_status";--> statement-breakpoint
-- What of these students' shown enrolments stands with the person: that of now, and how long it is the one.
create function show_with_users(students int[]) returns void language sql as $$
  update "user" u
  set shown_status = e.status, shown_batch_id = e.batch_id, shown_from = e.shown_from, shown_until = e.shown_until
  from student s
  left join enrolment e on e.student_id = s.id and e.shown_from <= now() and e.shown_until > now()
  where s.id = any(students) and u.id = s.user_id
    and (u.shown_status, u.shown_batch_id, u.shown_from, u.shown_until)
      is distinct from (e.status, e.batch_id, e.shown_from, e.shown_until)
$$;
--> statement-breakpoint
create or replace function keep_shown_enrolment() returns trigger language plpgsql as $$
declare
  dated int[];
  students int[];
begin
  if tg_op = 'UPDATE' then
    dated := array(
      select distinct n.student_id from changed n join before o using (id)
      where (n.student_id, n.batch_id, n.from_date) is distinct from (o.student_id, o.batch_id, o.from_date));
    students := array(
      select distinct n.student_id from changed n join before o using (id)
      where (n.student_id, n.batch_id, n.status, n.shown_from, n.shown_until)
        is distinct from (o.student_id, o.batch_id, o.status, o.shown_from, o.shown_until));
  else
    dated := array(select distinct student_id from changed);
    students := dated;
  end if;
  if cardinality(dated) > 0 then perform show_enrolments(dated); end if;
  if cardinality(students) > 0 then perform show_with_users(students); end if;
  return null;
end $$;
--> statement-breakpoint
create function keep_wakatime_status() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    update "user" set wakatime_status = null where id = old.user_id;
  else
    update "user" set wakatime_status = new.status where id = new.user_id;
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger wakatime_status_insert after insert or delete on connection
  for each row execute function keep_wakatime_status();
--> statement-breakpoint
create trigger wakatime_status_update after update of status on connection for each row
  when (old.status <> new.status) execute function keep_wakatime_status();
--> statement-breakpoint
select show_with_users(array(select distinct student_id from enrolment));
--> statement-breakpoint
update "user" u set wakatime_status = c.status from connection c where c.user_id = u.id;
--> statement-breakpoint
CREATE INDEX "idx_user_filters" ON "user" USING btree (lower("name"),"id") INCLUDE ("name","role","disabled_at","student_id","shown_status","shown_batch_id","shown_from","shown_until","wakatime_status");--> statement-breakpoint
CREATE UNIQUE INDEX "idx_user_student" ON "user" USING btree ("student_id");
