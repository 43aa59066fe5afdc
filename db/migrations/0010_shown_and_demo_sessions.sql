CREATE TABLE "calendar_token" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "calendar_token_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"user_id" integer NOT NULL,
	"nonce" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"last_used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "enrolment" ADD COLUMN "shown_from" timestamp with time zone DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "enrolment" ADD COLUMN "shown_until" timestamp with time zone DEFAULT 'infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "demo_session" ADD COLUMN "cancel_reason" text;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "student_id" integer;--> statement-breakpoint
ALTER TABLE "calendar_token" ADD CONSTRAINT "calendar_token_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "idx_calendar_token_user" ON "calendar_token" USING btree ("user_id");--> statement-breakpoint
DROP INDEX "idx_user_name";--> statement-breakpoint
CREATE INDEX "idx_user_name" ON "user" USING btree (lower("name"),"id") INCLUDE ("name","role","student_id");--> statement-breakpoint
CREATE UNIQUE INDEX "idx_calendar_token_hash" ON "calendar_token" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "idx_enrolment_shown" ON "enrolment" USING btree ("status","shown_until","shown_from") INCLUDE ("student_id","batch_id","from_date","to_date");--> statement-breakpoint
CREATE INDEX "idx_demo_signup_waiting" ON "demo_signup" USING btree ("session_id","queued_at","id") WHERE status = 'waitlisted';--> statement-breakpoint
ALTER TABLE "demo_session" ADD CONSTRAINT "demo_session_title_length" CHECK (title = btrim(title) and length(title) between 1 and 120);--> statement-breakpoint
ALTER TABLE "demo_session" ADD CONSTRAINT "demo_session_cancel_reason" CHECK (cancel_reason is null or is_cancelled);--> statement-breakpoint
ALTER TABLE "demo_signup" ADD CONSTRAINT "demo_signup_rated_presented" CHECK (rating is null or status = 'presented');--> statement-breakpoint
-- Which enrolment a student is shown with, as instants: from its first midnight in its batch's zone until that of any
-- later one. By date, for in zones far apart the later of two dates may begin first.
create function show_enrolments(students int[]) returns void language plpgsql as $$
begin
  -- Two changes of one student take turns, so that the second sees what the first wrote.
  perform from student where id = any(students) order by id for no key update;
  update enrolment e set shown_from = due.shown_from, shown_until = due.shown_until
  from (
    select id,
      case when row_number() over by_date = 1 then '-infinity' else begins end as shown_from,
      coalesce(min(begins) over (by_date rows between 1 following and unbounded following), 'infinity') as shown_until
    from (
      select en.id, en.student_id, en.from_date, en.from_date::timestamp at time zone b.time_zone as begins
      from enrolment en join batch b on b.id = en.batch_id
      where en.student_id = any(students)
    ) dated
    window by_date as (partition by student_id order by from_date)
  ) due
  where e.id = due.id and (e.shown_from, e.shown_until) is distinct from (due.shown_from, due.shown_until);
end $$;
--> statement-breakpoint
create function keep_shown_enrolment() returns trigger language plpgsql as $$
declare students int[];
begin
  if tg_op = 'UPDATE' then
    students := array(
      select distinct n.student_id from changed n join before o using (id)
      where (n.student_id, n.batch_id, n.from_date) is distinct from (o.student_id, o.batch_id, o.from_date));
  else
    students := array(select distinct student_id from changed);
  end if;
  if cardinality(students) > 0 then perform show_enrolments(students); end if;
  return null;
end $$;
--> statement-breakpoint
create trigger enrolment_shown_insert after insert on enrolment referencing new table as changed
  for each statement execute function keep_shown_enrolment();
--> statement-breakpoint
create trigger enrolment_shown_update after update on enrolment referencing old table as before new table as changed
  for each statement execute function keep_shown_enrolment();
--> statement-breakpoint
create trigger enrolment_shown_delete after delete on enrolment referencing old table as changed
  for each statement execute function keep_shown_enrolment();
--> statement-breakpoint
create function show_enrolments_of_batch() returns trigger language plpgsql as $$
begin
  perform show_enrolments(array(select distinct student_id from enrolment where batch_id = new.id));
  return null;
end $$;
--> statement-breakpoint
create trigger batch_zone_shown after update of time_zone on batch for each row
  when (old.time_zone <> new.time_zone) execute function show_enrolments_of_batch();
--> statement-breakpoint
select show_enrolments(array(select student_id from enrolment group by student_id having count(*) > 1));
--> statement-breakpoint
create function keep_student_of_user() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    update "user" u set student_id = null from changed c where u.id = c.user_id;
  else
    update "user" u set student_id = c.id from changed c where u.id = c.user_id;
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger student_of_user_insert after insert on student referencing new table as changed
  for each statement execute function keep_student_of_user();
--> statement-breakpoint
create trigger student_of_user_delete after delete on student referencing old table as changed
  for each statement execute function keep_student_of_user();
--> statement-breakpoint
update "user" u set student_id = s.id from student s where s.user_id = u.id;
--> statement-breakpoint
-- Places of a session: what is scheduled, presented or missed takes one. The lock makes everybody who comes take turns,
-- whatever way they come.
create function keep_places() returns trigger language plpgsql as $$
declare places int;
begin
  if tg_op = 'UPDATE' then
    if (case old.status
        when 'scheduled' then new.status in ('scheduled', 'waitlisted', 'presented', 'no_show', 'cancelled')
        when 'waitlisted' then new.status in ('waitlisted', 'scheduled', 'cancelled')
        when 'cancelled' then new.status in ('cancelled', 'scheduled', 'waitlisted')
        else new.status in ('scheduled', 'presented', 'no_show') end) is not true then
      raise exception 'a sign-up that is % cannot become %', old.status, new.status
        using errcode = 'check_violation', constraint = 'demo_signup_status_order', table = 'demo_signup';
    end if;
    if old.session_id = new.session_id and old.status in ('scheduled', 'presented', 'no_show') then return new; end if;
  end if;
  if new.status not in ('scheduled', 'presented', 'no_show') then return new; end if;
  select max_scheduled into places from demo_session where id = new.session_id for no key update;
  if places <= (
    select count(*) from demo_signup
    where session_id = new.session_id and status in ('scheduled', 'presented', 'no_show')
      and id is distinct from new.id) then
    raise exception 'all places of this session are taken'
      using errcode = 'check_violation', constraint = 'demo_session_places', table = 'demo_signup';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger demo_signup_places before insert or update of status, session_id on demo_signup
  for each row execute function keep_places();
--> statement-breakpoint
create function keep_places_of_limit() returns trigger language plpgsql as $$
begin
  if new.max_scheduled < (
    select count(*) from demo_signup
    where session_id = new.id and status in ('scheduled', 'presented', 'no_show')) then
    raise exception 'more people have a place than the limit allows'
      using errcode = 'check_violation', constraint = 'demo_session_places', table = 'demo_session';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger demo_session_limit before update of max_scheduled on demo_session for each row
  when (new.max_scheduled is distinct from old.max_scheduled) execute function keep_places_of_limit();
