ALTER TABLE "daily_summary_item" DROP CONSTRAINT "daily_summary_item_name_id_coding_name_id_fk";
--> statement-breakpoint
-- In place of the foreign key, which locked the few names that everybody's days share for each item written.
create function refuse_losing_coding_name() returns trigger language plpgsql as $$
begin
  raise exception 'a name that days may refer to stays as it is'
    using errcode = 'foreign_key_violation', constraint = 'coding_name_stays', table = 'coding_name';
end $$;
--> statement-breakpoint
create trigger coding_name_stays before delete or update of id on coding_name for each row
  execute function refuse_losing_coding_name();
