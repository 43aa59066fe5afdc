CREATE TYPE "public"."risk_response" AS ENUM('snoozed', 'talked', 'resolved');--> statement-breakpoint
CREATE TYPE "public"."risk_state" AS ENUM('on_track', 'watch', 'act', 'settling', 'no_data');--> statement-breakpoint
CREATE TABLE "risk_band" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "risk_band_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"student_id" integer NOT NULL,
	"batch_id" integer NOT NULL,
	"state" "risk_state" NOT NULL,
	"points" smallint NOT NULL,
	"signals" jsonb NOT NULL,
	"from_date" date NOT NULL,
	"to_date" date,
	"checked_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "risk_band_dates_in_order" CHECK (to_date > from_date),
	CONSTRAINT "risk_band_points_range" CHECK (points >= 0)
);
--> statement-breakpoint
CREATE TABLE "risk_snooze" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "risk_snooze_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"student_id" integer NOT NULL,
	"author_id" integer NOT NULL,
	"response" "risk_response" NOT NULL,
	"reason" text NOT NULL,
	"state" "risk_state" NOT NULL,
	"until_date" date,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "risk_snooze_reason_length" CHECK (reason = btrim(reason) and length(reason) between 1 and 1000),
	CONSTRAINT "risk_snooze_ends" CHECK ((until_date is null) = (response = 'resolved'))
);
--> statement-breakpoint
ALTER TABLE "risk_band" ADD CONSTRAINT "risk_band_student_id_student_id_fk" FOREIGN KEY ("student_id") REFERENCES "public"."student"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "risk_band" ADD CONSTRAINT "risk_band_batch_id_batch_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."batch"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "risk_snooze" ADD CONSTRAINT "risk_snooze_student_id_student_id_fk" FOREIGN KEY ("student_id") REFERENCES "public"."student"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "risk_snooze" ADD CONSTRAINT "risk_snooze_author_id_user_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "idx_risk_band_now" ON "risk_band" USING btree ("student_id") WHERE to_date is null;--> statement-breakpoint
CREATE UNIQUE INDEX "idx_risk_band_student_from" ON "risk_band" USING btree ("student_id","from_date");--> statement-breakpoint
CREATE INDEX "idx_risk_band_state" ON "risk_band" USING btree ("state","batch_id","student_id") WHERE to_date is null;--> statement-breakpoint
CREATE INDEX "idx_risk_band_from" ON "risk_band" USING btree ("from_date");--> statement-breakpoint
CREATE UNIQUE INDEX "idx_risk_snooze_open" ON "risk_snooze" USING btree ("student_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "idx_risk_snooze_student" ON "risk_snooze" USING btree ("student_id","created_at");