import type { OwnCertificate } from "@/db/queries/portal-certificates";
import type { DateString } from "@/lib/dates";
import { formatDate, formatDayDistance } from "@/lib/format";

type Held = Pick<OwnCertificate, "state" | "dateExpired" | "revokedOn">;

/** How a certificate stands, and the day that this is about: `expires in 30 days`, `until 23 Dec 2026`. */
export function expiryWords(certificate: Held, today: DateString): { state: string; day: string } {
  const { state, dateExpired, revokedOn } = certificate;
  if (state === "revoked") return { state, day: revokedOn ? `on ${formatDate(revokedOn)}` : "" };
  if (!dateExpired) return { state, day: "no expiry" };
  return {
    state: state === "expiring" ? `expires ${formatDayDistance(dateExpired, today)}` : state,
    day: `until ${formatDate(dateExpired)}`,
  };
}
