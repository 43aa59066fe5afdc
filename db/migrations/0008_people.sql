CREATE TABLE "note" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "note_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"student_id" integer NOT NULL,
	"author_id" integer NOT NULL,
	"body" text NOT NULL,
	"is_shared" boolean DEFAULT false NOT NULL,
	"follow_up_on" date,
	"done_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "note_body_length" CHECK (body = btrim(body) and length(body) between 1 and 4000),
	CONSTRAINT "note_done_was_due" CHECK (done_at is null or follow_up_on is not null)
);
--> statement-breakpoint
CREATE TABLE "saved_view" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "saved_view_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"list" text NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"columns" text[],
	"owner_id" integer NOT NULL,
	"is_shared" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "saved_view_name_length" CHECK (name = btrim(name) and length(name) between 1 and 60),
	CONSTRAINT "saved_view_query_length" CHECK (length(query) <= 2000)
);
--> statement-breakpoint
ALTER TABLE "certificate" ADD COLUMN "issued_by" integer;--> statement-breakpoint
ALTER TABLE "certificate" ADD COLUMN "verify_code" text;--> statement-breakpoint
ALTER TABLE "certificate" ADD COLUMN "revoked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "certificate" ADD COLUMN "revoked_reason" text;--> statement-breakpoint
ALTER TABLE "certificate" ADD COLUMN "search_text" text GENERATED ALWAYS AS (search_fold(name) || E'\n' || search_fold(issuer)) STORED;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "viewing_as" integer;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "viewing_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "list_choices" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "note" ADD CONSTRAINT "note_student_id_student_id_fk" FOREIGN KEY ("student_id") REFERENCES "public"."student"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note" ADD CONSTRAINT "note_author_id_user_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_owner_id_user_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idx_note_student" ON "note" USING btree ("student_id","created_at");--> statement-breakpoint
CREATE INDEX "idx_note_follow_up" ON "note" USING btree ("author_id","follow_up_on") WHERE done_at is null and follow_up_on is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "idx_saved_view_owner_name" ON "saved_view" USING btree ("owner_id","list",lower(name));--> statement-breakpoint
CREATE INDEX "idx_saved_view_shared" ON "saved_view" USING btree ("list") WHERE is_shared;--> statement-breakpoint
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_issued_by_user_id_fk" FOREIGN KEY ("issued_by") REFERENCES "public"."user"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_viewing_as_user_id_fk" FOREIGN KEY ("viewing_as") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idx_certificate_issued" ON "certificate" USING btree ("date_issued","id");--> statement-breakpoint
CREATE INDEX "idx_certificate_search" ON "certificate" USING gin (search_text gin_trgm_ops);--> statement-breakpoint
CREATE UNIQUE INDEX "idx_certificate_verify_code" ON "certificate" USING btree ("verify_code");--> statement-breakpoint
CREATE INDEX "idx_audit_event_action" ON "audit_event" USING btree ("action","at");--> statement-breakpoint
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_issued_has_code" CHECK ((issued_by is null) = (verify_code is null));--> statement-breakpoint
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_revoked_was_issued" CHECK (revoked_at is null or verify_code is not null);