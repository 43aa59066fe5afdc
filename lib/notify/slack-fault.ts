/** What Slack, or the way to it, had against a message. */
export type SlackFaultKind =
  | "refused"
  | "no_channel"
  | "no_person"
  | "not_allowed"
  | "rate_limited"
  | "unavailable"
  | "malformed"
  | "misconfigured";

const OF_CODE: Record<string, SlackFaultKind> = {
  invalid_auth: "refused",
  not_authed: "refused",
  account_inactive: "refused",
  token_revoked: "refused",
  token_expired: "refused",
  invalid_token: "refused",
  no_service: "refused",
  no_service_id: "refused",
  no_team: "refused",
  no_active_hooks: "refused",
  team_disabled: "refused",
  channel_not_found: "no_channel",
  not_in_channel: "no_channel",
  is_archived: "no_channel",
  channel_is_archived: "no_channel",
  users_not_found: "no_person",
  user_not_found: "no_person",
  user_not_visible: "no_person",
  user_disabled: "no_person",
  missing_scope: "not_allowed",
  not_allowed_token_type: "not_allowed",
  action_prohibited: "not_allowed",
  access_denied: "not_allowed",
  restricted_action: "not_allowed",
  restricted_action_read_only_channel: "not_allowed",
  posting_to_general_channel_denied: "not_allowed",
  no_permission: "not_allowed",
  messages_tab_disabled: "not_allowed",
  ratelimited: "rate_limited",
  rate_limited: "rate_limited",
  message_limit_exceeded: "rate_limited",
  fatal_error: "unavailable",
  internal_error: "unavailable",
  service_unavailable: "unavailable",
  request_timeout: "unavailable",
  rollup_error: "unavailable",
};

export class SlackError extends Error {
  override name = "SlackError";
  /** Slack's own word for it, when it is one that we know. */
  readonly code: string | null;
  readonly kind: SlackFaultKind;
  readonly status: number | null;
  /** How long Slack asks to be left alone. */
  readonly retryAfterSeconds: number | null;

  constructor(kind: SlackFaultKind, about: { code?: string | null; status?: number; retryAfterSeconds?: number } = {}) {
    super(`Slack: ${about.code ?? kind}`);
    this.kind = kind;
    this.code = about.code ?? null;
    this.status = about.status ?? null;
    this.retryAfterSeconds = about.retryAfterSeconds ?? null;
  }
}

const LONGEST_PAUSE_SECONDS = 3_600;
const USUAL_PAUSE_SECONDS = 30;

/** What an answer says went wrong: `code` is the word in it. */
export function slackErrorOf(status: number, code: string | null, retryAfter: string | null): SlackError {
  const known = code && OF_CODE[code] ? code : null;
  const kind =
    status === 429
      ? "rate_limited"
      : known
        ? (OF_CODE[known] as SlackFaultKind)
        : status >= 500
          ? "unavailable"
          : "malformed";
  if (kind !== "rate_limited") return new SlackError(kind, { code: known, status });
  const asked = Number(retryAfter);
  const seconds = Number.isFinite(asked) && asked > 0 ? Math.ceil(asked) : USUAL_PAUSE_SECONDS;
  return new SlackError(kind, { code: known, status, retryAfterSeconds: Math.min(seconds, LONGEST_PAUSE_SECONDS) });
}

const channelWords = (channel: string | null) => (channel ? `the channel ${channel}` : "the academy's channel");

/**
 * What went wrong, for an admin who can do something about it. Holds no secret, and nothing that the other side chose to
 * say but words that we know. `channel` null is that of a webhook.
 */
export function slackFault(error: unknown, channel: string | null): string {
  if (!(error instanceof SlackError)) return "Slack could not be reached.";
  const where = channelWords(channel);
  switch (error.kind) {
    case "refused":
      return `Slack no longer accepts the ${channel === null ? "webhook" : "bot's token"}${inBrackets(error.code)}: replace it in the settings.`;
    case "no_channel":
      if (error.code === "not_in_channel") return `The bot is not in ${where}: invite it there.`;
      if (error.code?.includes("archived")) return `Slack has archived ${where}.`;
      return `Slack does not know ${where}, or the bot is not in it: check the name, and invite the bot where it is private.`;
    case "no_person":
      return "Slack does not know the person.";
    case "not_allowed":
      if (error.code === "missing_scope") return "The bot may not write: give its app the scope chat:write.";
      return `The workspace does not let Cohort write to ${where}${inBrackets(error.code)}: ask whoever looks after Slack.`;
    case "rate_limited":
      return `Slack asked to wait ${error.retryAfterSeconds ?? USUAL_PAUSE_SECONDS} seconds.`;
    case "unavailable":
      return error.status
        ? `Slack did not take it (status ${error.status}).`
        : "Slack could not be reached, or did not answer.";
    case "malformed":
      return `Slack answered unexpectedly${error.status ? ` (status ${error.status})` : ""}.`;
    case "misconfigured":
      return "The stored address is none that Cohort sends to: replace it in the settings.";
  }
}

const inBrackets = (code: string | null) => (code ? ` (${code})` : "");
