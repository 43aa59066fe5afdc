import type { Tone } from "@/components/ui/badge";
import type { CertificateState } from "@/db/enums";

export const CERTIFICATE_TONES: Record<CertificateState, Tone> = {
  valid: "good",
  expiring: "warn",
  expired: "neutral",
  revoked: "bad",
};
