import type { Tone } from "@/components/ui/badge";
import type { NoticeState } from "@/db/queries/outbox";

const KINDS: Record<string, string> = {
  "password-reset": "New password",
  "email-verification": "Confirm e-mail address",
  "email-change-warning": "E-mail address about to change",
  invitation: "Invitation",
  "wakatime-reconnect": "Connect WakaTime again",
  "wakatime-alarm": "WakaTime refuses the academy",
  "test-mail": "Test",
};

export const kindInWords = (kind: string): string => KINDS[kind] ?? kind;

export const STATES: Record<NoticeState, { label: string; tone: Tone }> = {
  waiting: { label: "waiting", tone: "accent" },
  retrying: { label: "trying again", tone: "warn" },
  sent: { label: "sent", tone: "good" },
  "given-up": { label: "given up", tone: "bad" },
  dropped: { label: "not sent", tone: "neutral" },
};
