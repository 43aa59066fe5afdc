DROP INDEX "idx_sync_run_started";--> statement-breakpoint
CREATE INDEX "idx_connection_synced" ON "connection" USING btree ("last_synced_at" NULLS FIRST,"user_id");--> statement-breakpoint
CREATE INDEX "idx_connection_broken" ON "connection" USING btree ("user_id") WHERE status <> 'active';--> statement-breakpoint
CREATE INDEX "idx_sync_run_open" ON "sync_run" USING btree ("id") WHERE status = 'running';--> statement-breakpoint
CREATE INDEX "idx_sync_run_whole" ON "sync_run" USING btree ("started_at","id") WHERE scope_batch_id is null and scope_user_id is null;--> statement-breakpoint
CREATE INDEX "idx_sync_run_batch" ON "sync_run" USING btree ("scope_batch_id","id") WHERE scope_batch_id is not null;--> statement-breakpoint
CREATE INDEX "idx_sync_run_student" ON "sync_run" USING btree ("scope_user_id","id") WHERE scope_user_id is not null;--> statement-breakpoint
CREATE INDEX "idx_sync_run_started" ON "sync_run" USING btree ("started_at","id");