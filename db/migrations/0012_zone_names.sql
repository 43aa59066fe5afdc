-- Names with a slash, and UTC: what is shorter (IST, BST, PST) is one place to Postgres and another to a browser.
create or replace function is_time_zone(value text) returns boolean
  language plpgsql stable strict parallel safe as $$
begin
  perform now() at time zone value;
  return value = 'UTC' or value ~ '^[A-Za-z_]+(/[A-Za-z0-9_+-]+)+$';
exception when invalid_parameter_value then
  return false;
end $$;
