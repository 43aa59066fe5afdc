import { SlackError, slackFault } from "./slack-fault";

/** Also what the person is told about on their own page: it is theirs to put right. */
export const NOT_IN_SLACK = "Nobody in the academy's Slack has their e-mail address.";

/** What went wrong with a direct message, for an admin who can do something about it. Holds no secret and no address. */
export function directFault(error: unknown): string {
  if (!(error instanceof SlackError)) return slackFault(error, null);
  switch (error.kind) {
    case "no_person":
      return NOT_IN_SLACK;
    case "no_channel":
      return "Slack found the person, and does not let the bot write to them.";
    case "refused":
      return "Slack no longer accepts the bot's token: replace it in the settings.";
    case "not_allowed":
      return error.code === "missing_scope"
        ? "The bot may not look people up or write to them: give its app the scopes chat:write, users:read and users:read.email, and install it again."
        : "The workspace does not let the bot write to people: ask whoever looks after Slack.";
    default:
      return slackFault(error, null);
  }
}
