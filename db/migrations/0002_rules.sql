-- What the schema files cannot say.

-- One enrolment of a student at any instant, over half-open dates.
alter table enrolment add constraint enrolment_one_at_a_time
  exclude using gist (student_id with =, daterange(from_date, to_date, '[)') with &&);
--> statement-breakpoint
-- A student's window of days, read from the index alone: 7-day totals of the dashboard and of every users page.
create unique index idx_daily_summary_user_date on daily_summary (user_id, date) include (total_ms);
--> statement-breakpoint
-- The days of everybody: sorting people by their last seven days, analytics over a period.
create index idx_daily_summary_date on daily_summary (date) include (user_id, total_ms);
--> statement-breakpoint
alter table demo_signup drop constraint demo_signup_own_demo;
--> statement-breakpoint
alter table demo_signup add constraint demo_signup_own_demo
  foreign key (demo_id, student_id) references demo (id, student_id) on delete set null (demo_id);
--> statement-breakpoint
-- The academy always keeps one active admin. The lock makes two admins who demote each other take turns.
create function keep_one_active_admin() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('user.keep_one_active_admin'));
  if not exists (select from "user" where role = 'admin' and disabled_at is null) then
    raise exception 'the last active admin can be neither demoted nor disabled'
      using errcode = 'check_violation', constraint = 'user_last_admin', table = 'user';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger user_last_admin_update after update of role, disabled_at on "user" for each row
  when (old.role = 'admin' and old.disabled_at is null and (new.role <> 'admin' or new.disabled_at is not null))
  execute function keep_one_active_admin();
--> statement-breakpoint
create trigger user_last_admin_delete after delete on "user" for each row
  when (old.role = 'admin' and old.disabled_at is null)
  execute function keep_one_active_admin();
