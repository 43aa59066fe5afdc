-- Who came, and what was dated, within some months, without reading all there ever was.
CREATE INDEX IF NOT EXISTS "idx_enrolment_from" ON "enrolment" USING btree ("from_date") INCLUDE ("student_id","batch_id","status","shown_from");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_demo_day" ON "demo" USING btree (coalesce(demo_date, (created_at at time zone 'UTC')::date)) INCLUDE ("student_id","demo_date","created_at");
