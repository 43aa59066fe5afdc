CREATE TYPE "public"."data_tag" AS ENUM('people', 'batches', 'demos', 'certificates', 'warnings', 'syncs');--> statement-breakpoint
CREATE TABLE "data_change" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "data_change_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tag" "data_tag" NOT NULL
);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_risk_band_batch" ON "risk_band" USING btree ("batch_id");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_risk_snooze_author" ON "risk_snooze" USING btree ("author_id");--> statement-breakpoint
-- One row per transaction and tag, however many rows it changes: the setting remembers the transaction that wrote its
-- row, and a savepoint rolled back forgets both. Now and then rows that everybody has seen are removed, without waiting:
-- of its own tag alone, so that whoever misses them sees this new row, and no tag is ever again as it was before.
create function note_data_change() returns trigger language plpgsql as $$
declare
  changed data_tag := tg_argv[0]::data_tag;
  noted text := 'cohort.changed_' || tg_argv[0];
  transaction_id text := pg_current_xact_id()::text;
  change_id bigint;
begin
  if current_setting(noted, true) is distinct from transaction_id then
    insert into data_change (tag) values (changed) returning id into change_id;
    perform set_config(noted, transaction_id, true);
    if (select count(*) > 32 from data_change where tag = changed) then
      delete from data_change d using (
        select ctid as place from data_change where tag = changed and id < change_id for update skip locked
      ) passed where d.ctid = passed.place;
    end if;
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger user_noted after insert or delete or update of
    name, email, pending_email, phone, role, disabled_at, disabled_reason, time_zone, email_verified_at,
    deletion_due_at, anonymised_at, hide_project_names, student_id, shown_status, shown_batch_id, shown_from, shown_until,
    wakatime_status
  on "user" for each statement execute function note_data_change('people');
--> statement-breakpoint
create trigger student_noted after insert or update or delete on student
  for each statement execute function note_data_change('people');
--> statement-breakpoint
create trigger enrolment_noted after insert or update or delete on enrolment
  for each statement execute function note_data_change('people');
--> statement-breakpoint
create trigger connection_noted after insert or delete on connection
  for each statement execute function note_data_change('people');
--> statement-breakpoint
create trigger connection_status_noted after update on connection
  for each row when (old.status is distinct from new.status or old.broken_at is distinct from new.broken_at)
  execute function note_data_change('people');
--> statement-breakpoint
create trigger batch_noted after insert or update or delete on batch
  for each statement execute function note_data_change('batches');
--> statement-breakpoint
create trigger project_noted after insert or update or delete on project
  for each statement execute function note_data_change('batches');
--> statement-breakpoint
create trigger assignment_noted after insert or update or delete on assignment
  for each statement execute function note_data_change('batches');
--> statement-breakpoint
create trigger batch_instructor_noted after insert or update or delete on batch_instructor
  for each statement execute function note_data_change('batches');
--> statement-breakpoint
create trigger holiday_noted after insert or update or delete on holiday
  for each statement execute function note_data_change('batches');
--> statement-breakpoint
create trigger setting_noted after insert or update or delete on setting
  for each statement execute function note_data_change('batches');
--> statement-breakpoint
create trigger demo_noted after insert or update or delete on demo
  for each statement execute function note_data_change('demos');
--> statement-breakpoint
create trigger demo_session_noted after insert or update or delete on demo_session
  for each statement execute function note_data_change('demos');
--> statement-breakpoint
create trigger demo_signup_noted after insert or update or delete on demo_signup
  for each statement execute function note_data_change('demos');
--> statement-breakpoint
create trigger certificate_noted after insert or update or delete on certificate
  for each statement execute function note_data_change('certificates');
--> statement-breakpoint
create trigger risk_band_noted after insert or update or delete on risk_band
  for each statement execute function note_data_change('warnings');
--> statement-breakpoint
create trigger risk_snooze_noted after insert or update or delete on risk_snooze
  for each statement execute function note_data_change('warnings');
--> statement-breakpoint
create trigger sync_run_noted after insert or delete on sync_run
  for each statement execute function note_data_change('syncs');
--> statement-breakpoint
create trigger sync_run_status_noted after update on sync_run
  for each row when (old.status is distinct from new.status or old.planned_at is distinct from new.planned_at)
  execute function note_data_change('syncs');
