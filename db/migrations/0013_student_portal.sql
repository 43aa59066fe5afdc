CREATE TYPE "public"."goal_period" AS ENUM('day', 'week', 'month');--> statement-breakpoint
CREATE TABLE "goal" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "goal_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"student_id" integer NOT NULL,
	"slot" smallint NOT NULL,
	"period" "goal_period" NOT NULL,
	"kind" "coding_name_kind",
	"name" text,
	"target_ms" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "goal_slot" UNIQUE("student_id","slot"),
	CONSTRAINT "goal_aim" UNIQUE NULLS NOT DISTINCT("student_id","period","kind","name"),
	CONSTRAINT "goal_slot_range" CHECK (slot between 1 and 5),
	CONSTRAINT "goal_of_one_thing" CHECK ((kind is null) = (name is null) and (kind is null or kind in ('language', 'project'))),
	CONSTRAINT "goal_name_length" CHECK (name = btrim(name) and length(name) between 1 and 200),
	CONSTRAINT "goal_target_in_period" CHECK (target_ms between 60000 and case period when 'day' then 1 when 'week' then 7 else 24 end * 86400000)
);
--> statement-breakpoint
ALTER TABLE "outbox" DROP CONSTRAINT "outbox_one_recipient";--> statement-breakpoint
ALTER TABLE "notification_preference" ALTER COLUMN "slack" SET DEFAULT false;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "anonymised_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "hide_project_names" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "goal" ADD CONSTRAINT "goal_student_id_student_id_fk" FOREIGN KEY ("student_id") REFERENCES "public"."student"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idx_user_deletion_due" ON "user" USING btree ("deletion_due_at") WHERE deletion_due_at is not null;--> statement-breakpoint
ALTER TABLE "demo" ADD CONSTRAINT "demo_title_length" CHECK (title = btrim(title) and length(title) between 1 and 200);--> statement-breakpoint
ALTER TABLE "demo" ADD CONSTRAINT "demo_technologies_count" CHECK (cardinality(technologies) <= 20);--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_has_recipient" CHECK (num_nonnulls(user_id, channel) >= 1);--> statement-breakpoint
ALTER TABLE "user" ADD CONSTRAINT "user_anonymised_disabled" CHECK (anonymised_at is null or (disabled_at is not null and deletion_due_at is null));