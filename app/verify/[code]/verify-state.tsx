import { Badge, type Tone } from "@/components/ui/badge";
import type { PublicCertificate } from "@/db/queries/certificate-detail";
import { formatDate } from "@/lib/format";

const TONES: Record<PublicCertificate["state"], Tone> = {
  valid: "good",
  expiring: "good",
  expired: "warn",
  revoked: "bad",
};

/** Whether the certificate holds, in a sentence. */
export function VerifyState({ certificate }: { certificate: PublicCertificate }) {
  const { state, academy, dateExpired, revokedOn } = certificate;
  const words = {
    valid: "Valid",
    expiring: "Valid",
    expired: "Expired",
    revoked: "Revoked",
  }[state];
  const sentence =
    state === "revoked"
      ? `${academy} revoked this certificate${revokedOn ? ` on ${formatDate(revokedOn)}` : ""}. It no longer holds.`
      : state === "expired"
        ? `${academy} issued this certificate. It expired on ${formatDate(dateExpired ?? "")}.`
        : `${academy} issued this certificate, and it holds${dateExpired ? ` until ${formatDate(dateExpired)}` : ""}.`;
  return (
    <div>
      <p data-state={state}>
        <Badge tone={TONES[state]}>{words}</Badge>
      </p>
      <p className="mt-1 text-sm text-muted">{sentence}</p>
    </div>
  );
}
