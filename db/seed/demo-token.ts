import { isTimeZone } from "@/lib/dates";
import type { DemoPerson } from "./demo-person";
import { isPersona } from "./personas";

const ACCESS = "waka_tok_";
const REFRESH = "waka_ref_";
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The person travels inside the token, so that the stand-in for WakaTime needs no memory of whom it knows. */
function encode(prefix: string, person: DemoPerson): string {
  const fields = [person.key, person.persona, person.firstDay, person.lastDay ?? "", person.timeZone];
  return prefix + Buffer.from(fields.join("|")).toString("base64url");
}

export const demoAccessToken = (person: DemoPerson): string => encode(ACCESS, person);

export const demoRefreshToken = (person: DemoPerson): string => encode(REFRESH, person);

/** The person of an access or refresh token, with or without the `.r<number>` of a rotation; null for a foreign one. */
export function personFromToken(token: string): DemoPerson | null {
  const body = /^waka_(?:tok|ref)_([A-Za-z0-9_-]+)(?:\.r\d+)?$/.exec(token)?.[1];
  if (!body) return null;
  const fields = Buffer.from(body, "base64url").toString().split("|");
  const [key = "", persona = "", firstDay = "", lastDay = "", timeZone = ""] = fields;
  const known = fields.length === 5 && /^\d+$/.test(key) && isPersona(persona) && DATE.test(firstDay);
  if (!known || !isTimeZone(timeZone) || !(lastDay === "" || DATE.test(lastDay))) return null;
  return { key: Number(key), persona, firstDay, lastDay: lastDay || null, timeZone };
}
