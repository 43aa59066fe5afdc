CREATE TYPE "public"."assignment_status" AS ENUM('assigned', 'active', 'completed', 'dropped');--> statement-breakpoint
CREATE TYPE "public"."coding_name_kind" AS ENUM('project', 'language', 'editor', 'operating_system', 'category', 'machine', 'dependency');--> statement-breakpoint
CREATE TYPE "public"."coding_source" AS ENUM('wakatime', 'direct');--> statement-breakpoint
CREATE TYPE "public"."connection_status" AS ENUM('active', 'needs_reconnect', 'scope_missing');--> statement-breakpoint
CREATE TYPE "public"."enrolment_status" AS ENUM('invited', 'active', 'paused', 'dropped', 'graduated');--> statement-breakpoint
CREATE TYPE "public"."project_status" AS ENUM('planning', 'active', 'completed', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."role" AS ENUM('admin', 'instructor', 'student', 'user');--> statement-breakpoint
CREATE TYPE "public"."signup_status" AS ENUM('scheduled', 'waitlisted', 'presented', 'no_show', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."sync_outcome_kind" AS ENUM('ok', 'skipped', 'needs_reconnect', 'scope_missing', 'out_of_plan', 'not_ready', 'rate_limited', 'unavailable', 'unexpected_shape', 'failed');--> statement-breakpoint
CREATE TYPE "public"."sync_run_status" AS ENUM('running', 'completed', 'failed');--> statement-breakpoint
CREATE TYPE "public"."user_token_kind" AS ENUM('invite', 'reset', 'verify');--> statement-breakpoint
CREATE TABLE "assignment" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "assignment_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"student_id" integer NOT NULL,
	"project_id" integer NOT NULL,
	"resume_url" text,
	"linkedin_url" text,
	"offer_date" date,
	"status" "assignment_status" DEFAULT 'assigned' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "batch" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "batch_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"description" text,
	"start_date" date NOT NULL,
	"end_date" date NOT NULL,
	"time_zone" text NOT NULL,
	"capacity" integer,
	"slack_channel" text,
	"curriculum" text,
	"archived_at" timestamp with time zone,
	"registration_key" text NOT NULL,
	"key_active" boolean DEFAULT true NOT NULL,
	"key_expires_at" timestamp with time zone,
	"key_max_uses" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "batch_dates_in_order" CHECK (end_date >= start_date),
	CONSTRAINT "batch_capacity_positive" CHECK (capacity >= 1),
	CONSTRAINT "batch_key_max_uses_positive" CHECK (key_max_uses >= 1),
	CONSTRAINT "batch_time_zone_known" CHECK (is_time_zone(time_zone)),
	CONSTRAINT "batch_name_length" CHECK (name = btrim(name) and length(name) between 1 and 120)
);
--> statement-breakpoint
CREATE TABLE "batch_instructor" (
	"batch_id" integer NOT NULL,
	"user_id" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "batch_instructor_batch_id_user_id_pk" PRIMARY KEY("batch_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "enrolment" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "enrolment_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"student_id" integer NOT NULL,
	"batch_id" integer NOT NULL,
	"status" "enrolment_status" DEFAULT 'active' NOT NULL,
	"from_date" date NOT NULL,
	"to_date" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "enrolment_dates_in_order" CHECK (to_date > from_date)
);
--> statement-breakpoint
CREATE TABLE "key_use" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "key_use_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"batch_id" integer NOT NULL,
	"user_id" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "project" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "project_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"batch_id" integer NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"start_date" date NOT NULL,
	"end_date" date,
	"happy_hour" text,
	"status" "project_status" DEFAULT 'planning' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "project_dates_in_order" CHECK (end_date >= start_date),
	CONSTRAINT "project_name_length" CHECK (name = btrim(name) and length(name) between 1 and 120)
);
--> statement-breakpoint
CREATE TABLE "student" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "student_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"user_id" integer NOT NULL,
	"coding_source" "coding_source" DEFAULT 'wakatime' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "coding_name" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "coding_name_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"kind" "coding_name_kind" NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "connection" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "connection_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"user_id" integer NOT NULL,
	"wakatime_uid" uuid NOT NULL,
	"access_token_encrypted" text NOT NULL,
	"refresh_token_encrypted" text NOT NULL,
	"key_id" text NOT NULL,
	"scopes" text[] DEFAULT '{}' NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"plan" text,
	"time_zone" text,
	"timeout_minutes" smallint DEFAULT 15 NOT NULL,
	"writes_only" boolean DEFAULT false NOT NULL,
	"status" "connection_status" DEFAULT 'active' NOT NULL,
	"last_synced_at" timestamp with time zone,
	"last_error" text,
	"consecutive_failures" integer DEFAULT 0 NOT NULL,
	"lease_owner" text,
	"lease_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "daily_summary" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "daily_summary_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" integer NOT NULL,
	"date" date NOT NULL,
	"total_ms" integer NOT NULL,
	"source" "coding_source" DEFAULT 'wakatime' NOT NULL,
	"time_zone" text NOT NULL,
	"synced_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "daily_summary_total_ms_range" CHECK (total_ms between 0 and 90000000)
);
--> statement-breakpoint
CREATE TABLE "daily_summary_item" (
	"summary_id" bigint NOT NULL,
	"name_id" integer NOT NULL,
	"ms" integer NOT NULL,
	CONSTRAINT "daily_summary_item_summary_id_name_id_pk" PRIMARY KEY("summary_id","name_id"),
	CONSTRAINT "daily_summary_item_ms_range" CHECK (ms between 0 and 2000000000)
);
--> statement-breakpoint
CREATE TABLE "sync_gap" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sync_gap_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"user_id" integer NOT NULL,
	"from_date" date NOT NULL,
	"to_date" date NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sync_gap_dates_in_order" CHECK (to_date > from_date)
);
--> statement-breakpoint
CREATE TABLE "sync_outcome" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sync_outcome_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run_id" integer NOT NULL,
	"user_id" integer NOT NULL,
	"kind" "sync_outcome_kind" NOT NULL,
	"days_written" smallint DEFAULT 0 NOT NULL,
	"days_unchanged" smallint DEFAULT 0 NOT NULL,
	"days_unavailable" smallint DEFAULT 0 NOT NULL,
	"reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sync_run" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sync_run_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"actor_user_id" integer,
	"actor_job" text,
	"scope_batch_id" integer,
	"scope_user_id" integer,
	"window_days" smallint,
	"window_start" date,
	"window_end" date,
	"status" "sync_run_status" DEFAULT 'running' NOT NULL,
	"planned_at" timestamp with time zone,
	"users_total" integer DEFAULT 0 NOT NULL,
	"users_done" integer DEFAULT 0 NOT NULL,
	"users_ok" integer DEFAULT 0 NOT NULL,
	"users_failed" integer DEFAULT 0 NOT NULL,
	"days_written" integer DEFAULT 0 NOT NULL,
	"days_unchanged" integer DEFAULT 0 NOT NULL,
	"days_unavailable" integer DEFAULT 0 NOT NULL,
	"error" text,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sync_run_one_actor" CHECK (num_nonnulls(actor_user_id, actor_job) = 1),
	CONSTRAINT "sync_run_one_window" CHECK ((window_days is null) = (window_start is not null and window_end is not null))
);
--> statement-breakpoint
CREATE TABLE "certificate" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "certificate_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"student_id" integer NOT NULL,
	"name" text NOT NULL,
	"issuer" text NOT NULL,
	"date_issued" date NOT NULL,
	"date_expired" date,
	"credential_id" text,
	"credential_url" text,
	"description" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "certificate_dates_in_order" CHECK (date_expired >= date_issued)
);
--> statement-breakpoint
CREATE TABLE "demo" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "demo_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"student_id" integer NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"demo_date" date,
	"status" text DEFAULT 'confirmed' NOT NULL,
	"demo_url" text,
	"github_url" text,
	"thumbnail_url" text,
	"technologies" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "demo_id_student" UNIQUE("id","student_id")
);
--> statement-breakpoint
CREATE TABLE "demo_session" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "demo_session_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"session_date" date NOT NULL,
	"session_time" time(0) DEFAULT '15:00' NOT NULL,
	"time_zone" text NOT NULL,
	"title" text DEFAULT 'Friday demo session' NOT NULL,
	"description" text,
	"notes" text,
	"meeting_url" text,
	"batch_id" integer,
	"is_active" boolean DEFAULT true NOT NULL,
	"is_cancelled" boolean DEFAULT false NOT NULL,
	"max_scheduled" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "demo_session_max_scheduled_positive" CHECK (max_scheduled >= 1),
	CONSTRAINT "demo_session_time_zone_known" CHECK (is_time_zone(time_zone))
);
--> statement-breakpoint
CREATE TABLE "demo_signup" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "demo_signup_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"session_id" integer NOT NULL,
	"student_id" integer NOT NULL,
	"demo_id" integer,
	"status" "signup_status" DEFAULT 'scheduled' NOT NULL,
	"signup_notes" text,
	"presentation_notes" text,
	"rating" smallint,
	"queued_at" timestamp with time zone DEFAULT now() NOT NULL,
	"running_order" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "demo_signup_rating_range" CHECK (rating between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "audit_event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"actor_user_id" integer,
	"actor_job" text,
	"acting_as" integer,
	"action" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" integer,
	"label" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"request_id" text,
	"ip" "inet",
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_event_one_actor" CHECK (num_nonnulls(actor_user_id, actor_job) = 1)
);
--> statement-breakpoint
CREATE TABLE "holiday" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "holiday_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"date" date NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notification_preference" (
	"user_id" integer NOT NULL,
	"kind" text NOT NULL,
	"mail" boolean DEFAULT true NOT NULL,
	"slack" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notification_preference_user_id_kind_pk" PRIMARY KEY("user_id","kind")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"user_id" integer,
	"channel" text,
	"kind" text NOT NULL,
	"occasion" text NOT NULL,
	"payload" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"sent_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "outbox_once" UNIQUE NULLS NOT DISTINCT("user_id","channel","kind","occasion"),
	CONSTRAINT "outbox_one_recipient" CHECK (num_nonnulls(user_id, channel) = 1)
);
--> statement-breakpoint
CREATE TABLE "api_token" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "api_token_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"user_id" integer NOT NULL,
	"name" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"scopes" text[] NOT NULL,
	"last_used_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "oauth_state" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "oauth_state_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"state_hash" "bytea" NOT NULL,
	"user_id" integer NOT NULL,
	"session_id" integer NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rate_limit" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer NOT NULL,
	"expire" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "session_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"token_hash" "bytea" NOT NULL,
	"user_id" integer NOT NULL,
	"device" text,
	"ip" "inet",
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "session_absolute_maximum" CHECK (expires_at <= created_at + interval '30 days 1 minute')
);
--> statement-breakpoint
CREATE TABLE "setting" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "user_token" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "user_token_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"user_id" integer NOT NULL,
	"kind" "user_token_kind" NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "user_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"email" text NOT NULL,
	"pending_email" text,
	"name" text NOT NULL,
	"phone" text,
	"password_hash" text,
	"role" "role" DEFAULT 'user' NOT NULL,
	"disabled_at" timestamp with time zone,
	"disabled_reason" text,
	"time_zone" text,
	"last_sign_in_at" timestamp with time zone,
	"deletion_due_at" timestamp with time zone,
	"search_text" text GENERATED ALWAYS AS (search_fold(name) || E'
' || search_fold(email)) STORED,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "user_email_lower" CHECK (email = lower(btrim(email)) and email like '_%@_%' and length(email) <= 254),
	CONSTRAINT "user_pending_email_lower" CHECK (pending_email = lower(btrim(pending_email))),
	CONSTRAINT "user_name_length" CHECK (name = btrim(name) and length(name) between 1 and 100),
	CONSTRAINT "user_time_zone_known" CHECK (is_time_zone(time_zone)),
	CONSTRAINT "user_disabled_reason" CHECK (disabled_reason is null or disabled_at is not null)
);
--> statement-breakpoint
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_student_id_student_id_fk" FOREIGN KEY ("student_id") REFERENCES "public"."student"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batch_instructor" ADD CONSTRAINT "batch_instructor_batch_id_batch_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."batch"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batch_instructor" ADD CONSTRAINT "batch_instructor_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_student_id_student_id_fk" FOREIGN KEY ("student_id") REFERENCES "public"."student"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_batch_id_batch_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."batch"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_use" ADD CONSTRAINT "key_use_batch_id_batch_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."batch"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_use" ADD CONSTRAINT "key_use_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project" ADD CONSTRAINT "project_batch_id_batch_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."batch"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "student" ADD CONSTRAINT "student_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connection" ADD CONSTRAINT "connection_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_summary" ADD CONSTRAINT "daily_summary_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_summary_item" ADD CONSTRAINT "daily_summary_item_summary_id_daily_summary_id_fk" FOREIGN KEY ("summary_id") REFERENCES "public"."daily_summary"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_summary_item" ADD CONSTRAINT "daily_summary_item_name_id_coding_name_id_fk" FOREIGN KEY ("name_id") REFERENCES "public"."coding_name"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_gap" ADD CONSTRAINT "sync_gap_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_outcome" ADD CONSTRAINT "sync_outcome_run_id_sync_run_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."sync_run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_outcome" ADD CONSTRAINT "sync_outcome_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_run" ADD CONSTRAINT "sync_run_actor_user_id_user_id_fk" FOREIGN KEY ("actor_user_id") REFERENCES "public"."user"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_run" ADD CONSTRAINT "sync_run_scope_batch_id_batch_id_fk" FOREIGN KEY ("scope_batch_id") REFERENCES "public"."batch"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_run" ADD CONSTRAINT "sync_run_scope_user_id_user_id_fk" FOREIGN KEY ("scope_user_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_student_id_student_id_fk" FOREIGN KEY ("student_id") REFERENCES "public"."student"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demo" ADD CONSTRAINT "demo_student_id_student_id_fk" FOREIGN KEY ("student_id") REFERENCES "public"."student"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demo_session" ADD CONSTRAINT "demo_session_batch_id_batch_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."batch"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demo_signup" ADD CONSTRAINT "demo_signup_session_id_demo_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."demo_session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demo_signup" ADD CONSTRAINT "demo_signup_student_id_student_id_fk" FOREIGN KEY ("student_id") REFERENCES "public"."student"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demo_signup" ADD CONSTRAINT "demo_signup_own_demo" FOREIGN KEY ("demo_id","student_id") REFERENCES "public"."demo"("id","student_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_actor_user_id_user_id_fk" FOREIGN KEY ("actor_user_id") REFERENCES "public"."user"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_acting_as_user_id_fk" FOREIGN KEY ("acting_as") REFERENCES "public"."user"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_preference" ADD CONSTRAINT "notification_preference_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oauth_state" ADD CONSTRAINT "oauth_state_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oauth_state" ADD CONSTRAINT "oauth_state_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_token" ADD CONSTRAINT "user_token_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "idx_assignment_student_project" ON "assignment" USING btree ("student_id","project_id");--> statement-breakpoint
CREATE UNIQUE INDEX "idx_assignment_one_open" ON "assignment" USING btree ("student_id") WHERE status in ('assigned', 'active');--> statement-breakpoint
CREATE INDEX "idx_student_project_id" ON "assignment" USING btree ("project_id","student_id");--> statement-breakpoint
CREATE UNIQUE INDEX "idx_batch_registration_key" ON "batch" USING btree ("registration_key");--> statement-breakpoint
CREATE INDEX "idx_batch_instructor_user" ON "batch_instructor" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "idx_student_batch_id" ON "enrolment" USING btree ("batch_id","student_id");--> statement-breakpoint
CREATE INDEX "idx_enrolment_student" ON "enrolment" USING btree ("student_id","from_date" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "idx_key_use_batch" ON "key_use" USING btree ("batch_id");--> statement-breakpoint
CREATE INDEX "idx_key_use_user" ON "key_use" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "idx_project_batch" ON "project" USING btree ("batch_id");--> statement-breakpoint
CREATE UNIQUE INDEX "idx_student_user" ON "student" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "idx_coding_name_kind_name" ON "coding_name" USING btree ("kind","name");--> statement-breakpoint
CREATE UNIQUE INDEX "idx_connection_user" ON "connection" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "idx_connection_wakatime_uid" ON "connection" USING btree ("wakatime_uid");--> statement-breakpoint
CREATE INDEX "idx_user_wakatime_token" ON "connection" USING btree ("user_id") WHERE status = 'active';--> statement-breakpoint
CREATE UNIQUE INDEX "idx_sync_gap_range" ON "sync_gap" USING btree ("user_id","from_date","to_date");--> statement-breakpoint
CREATE UNIQUE INDEX "idx_sync_outcome_run_user" ON "sync_outcome" USING btree ("run_id","user_id");--> statement-breakpoint
CREATE INDEX "idx_sync_outcome_user" ON "sync_outcome" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "idx_sync_outcome_created" ON "sync_outcome" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "idx_sync_run_key" ON "sync_run" USING btree ("key");--> statement-breakpoint
CREATE INDEX "idx_sync_run_started" ON "sync_run" USING btree ("started_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "idx_certificate_student" ON "certificate" USING btree ("student_id");--> statement-breakpoint
CREATE INDEX "idx_demo_student" ON "demo" USING btree ("student_id");--> statement-breakpoint
CREATE UNIQUE INDEX "idx_demo_session_date_open" ON "demo_session" USING btree ("session_date") WHERE not is_cancelled;--> statement-breakpoint
CREATE INDEX "idx_demo_session_date" ON "demo_session" USING btree ("session_date","id");--> statement-breakpoint
CREATE INDEX "idx_demo_session_batch" ON "demo_session" USING btree ("batch_id");--> statement-breakpoint
CREATE UNIQUE INDEX "idx_demo_signup_session_student" ON "demo_signup" USING btree ("session_id","student_id");--> statement-breakpoint
CREATE INDEX "idx_demo_signup_session_status" ON "demo_signup" USING btree ("session_id","status");--> statement-breakpoint
CREATE INDEX "idx_demo_signup_student" ON "demo_signup" USING btree ("student_id");--> statement-breakpoint
CREATE INDEX "idx_audit_event_at" ON "audit_event" USING btree ("at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "idx_audit_event_subject" ON "audit_event" USING btree ("subject_type","subject_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "idx_audit_event_actor" ON "audit_event" USING btree ("actor_user_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "idx_holiday_date" ON "holiday" USING btree ("date");--> statement-breakpoint
CREATE INDEX "idx_outbox_unsent" ON "outbox" USING btree ("id") WHERE sent_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "idx_api_token_hash" ON "api_token" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "idx_api_token_user" ON "api_token" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "idx_oauth_state_hash" ON "oauth_state" USING btree ("state_hash");--> statement-breakpoint
CREATE INDEX "idx_oauth_state_user" ON "oauth_state" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "idx_rate_limit_expire" ON "rate_limit" USING btree ("expire");--> statement-breakpoint
CREATE UNIQUE INDEX "idx_session_token_hash" ON "session" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "idx_session_user" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "idx_user_token_hash" ON "user_token" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "idx_user_token_user" ON "user_token" USING btree ("user_id","kind");--> statement-breakpoint
CREATE UNIQUE INDEX "idx_user_email" ON "user" USING btree ("email");--> statement-breakpoint
CREATE INDEX "idx_user_role" ON "user" USING btree ("role","id");--> statement-breakpoint
CREATE INDEX "idx_user_name" ON "user" USING btree (lower(name),"id");--> statement-breakpoint
CREATE INDEX "idx_user_role_created" ON "user" USING btree ("role","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "idx_user_search" ON "user" USING gin (search_text gin_trgm_ops);