import { type SQL, sql } from "drizzle-orm";
import { localDay } from "./fragments";

/** The day in the own zone of the session `s`: it counts as upcoming all through its own day. */
export const sessionDay = (at: SQL): SQL => localDay(at, sql`s.time_zone`);

/** When the session `s` begins, as an instant. */
export const sessionStart: SQL = sql`((s.session_date + s.session_time) at time zone s.time_zone)`;

/** How many have a place in `s`, by idx_demo_signup_session_status. */
export const placesTaken: SQL = sql`(
  select count(*) from demo_signup g
  where g.session_id = s.id and g.status in ('scheduled', 'presented', 'no_show'))`;

/** What the session `s` is at `at`: a SessionState. Counts places only where they decide, unless they are `taken`. */
export const sessionState = (at: SQL, taken: SQL = placesTaken): SQL => sql`(
  case
    when s.is_cancelled then 'cancelled'
    when s.session_date < ${sessionDay(at)} then 'past'
    when not s.is_active then 'closed'
    when s.max_scheduled is not null and s.max_scheduled <= ${taken} then 'full'
    else 'open'
  end)`;
