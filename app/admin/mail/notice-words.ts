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
  "demo-promoted": "A place became free",
  "demo-waitlisted": "Back on the waiting list",
  "demo-cancelled": "Demo session cancelled",
  "demo-moved": "Moved to another demo session",
  "demo-changed": "Demo session changed",
  "demo-deleted": "Demo session deleted",
  "demo-reminder": "Reminder of a demo session",
  "slack-demo-announced": "New demo session",
  "slack-demo-reminder": "Reminder of a demo session",
  "slack-demo-cancelled": "Demo session cancelled",
  "slack-test": "Test",
};

/** The academy's own channel is `slack`, a batch's `slack:#its-name`. */
export const channelInWords = (channel: string): string => {
  const [, name] = /^slack:(.+)$/.exec(channel) ?? [];
  return name ? `Slack, ${name}` : "Slack, the academy's channel";
};

export const kindInWords = (kind: string): string => KINDS[kind] ?? kind;

export const STATES: Record<NoticeState, { label: string; tone: Tone }> = {
  waiting: { label: "waiting", tone: "accent" },
  retrying: { label: "trying again", tone: "warn" },
  sent: { label: "sent", tone: "good" },
  "given-up": { label: "given up", tone: "bad" },
  dropped: { label: "not sent", tone: "neutral" },
};
