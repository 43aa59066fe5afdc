-- Search by parts of words, accents folded; one enrolment at a time needs GiST over integers.
create extension if not exists pg_trgm;
--> statement-breakpoint
create extension if not exists unaccent;
--> statement-breakpoint
create extension if not exists btree_gist;
--> statement-breakpoint
-- unaccent() is only STABLE because its dictionary could be replaced; this names the dictionary, so an index may use it.
create function search_fold(value text) returns text
  language sql immutable strict parallel safe
  return lower(public.unaccent('public.unaccent'::regdictionary, value));
--> statement-breakpoint
-- True for an IANA name that this server can compute with; null stays null.
create function is_time_zone(value text) returns boolean
  language plpgsql stable strict parallel safe as $$
begin
  perform now() at time zone value;
  return value ~ '^[A-Za-z_]+(/[A-Za-z0-9_+-]+)*$';
exception when invalid_parameter_value then
  return false;
end $$;
