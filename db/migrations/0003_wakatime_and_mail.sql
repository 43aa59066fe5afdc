CREATE TABLE "wakatime_pace" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"next_start_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "wakatime_pace_one_row" CHECK (id = 1)
);
--> statement-breakpoint
CREATE TABLE "wakatime_slot" (
	"slot" smallint PRIMARY KEY NOT NULL,
	"holder" uuid,
	"held_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "idx_outbox_unsent";--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "broken_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "today_date" date;--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "today_ms" integer;--> statement-breakpoint
ALTER TABLE "connection" ADD COLUMN "today_fetched_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sync_outcome" ADD COLUMN "token_renewed" boolean;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "claimed_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "not_before" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "user_token" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "email_verified_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "idx_outbox_unsent" ON "outbox" USING btree ("not_before","id") WHERE sent_at is null;--> statement-breakpoint
insert into wakatime_pace (id) values (1);
--> statement-breakpoint
insert into wakatime_slot (slot) select generate_series(1, 10);
--> statement-breakpoint
update connection set broken_at = updated_at where status <> 'active';
