DROP INDEX "idx_audit_event_at";--> statement-breakpoint
DROP INDEX "idx_audit_event_subject";--> statement-breakpoint
DROP INDEX "idx_audit_event_actor";--> statement-breakpoint
DROP INDEX "idx_user_role_created";--> statement-breakpoint
CREATE INDEX "idx_audit_event_at" ON "audit_event" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "idx_audit_event_subject" ON "audit_event" USING btree ("subject_type","subject_id","at");--> statement-breakpoint
CREATE INDEX "idx_audit_event_actor" ON "audit_event" USING btree ("actor_user_id","at");--> statement-breakpoint
CREATE INDEX "idx_user_role_created" ON "user" USING btree ("role","created_at","id");