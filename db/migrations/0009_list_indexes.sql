DROP INDEX "idx_enrolment_student";--> statement-breakpoint
CREATE INDEX "idx_enrolment_in_class" ON "enrolment" USING btree ("status","batch_id","student_id") INCLUDE ("from_date","to_date") WHERE status in ('invited', 'active', 'paused');--> statement-breakpoint
CREATE INDEX "idx_certificate_expiry" ON "certificate" USING btree (coalesce(date_expired, 'infinity'::date),"id");--> statement-breakpoint
CREATE INDEX "idx_audit_event_job" ON "audit_event" USING btree ("actor_job","at","id") WHERE actor_user_id is null;--> statement-breakpoint
CREATE INDEX "idx_user_token_open_invite" ON "user_token" USING btree ("id") WHERE kind = 'invite' and used_at is null;--> statement-breakpoint
CREATE INDEX "idx_user_created" ON "user" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "idx_user_signed_in" ON "user" USING btree (coalesce(last_sign_in_at, '-infinity'::timestamptz),"id");--> statement-breakpoint
CREATE INDEX "idx_enrolment_student" ON "enrolment" USING btree ("student_id","from_date" DESC) INCLUDE ("to_date","status","batch_id");--> statement-breakpoint
DROP INDEX "idx_user_name";--> statement-breakpoint
CREATE INDEX "idx_user_name" ON "user" USING btree (lower("name"),"id") INCLUDE ("name","role");
