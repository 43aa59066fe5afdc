import { oneLine } from "./mail-render";
import type { MailText } from "./mail-texts";
import type { SlackMessage } from "./slack-client";
import { bold, context, cut, escapeSlack, section, slackLink } from "./slack-texts";

const SUBJECT_CHARS = 300;
const PARAGRAPH_CHARS = 1_500;

/** What a mail tells, as a direct message: shorter, without greeting, and with the way to switch such messages off. */
export function directMessage(text: MailText, academy: string, appUrl: string | undefined): SlackMessage {
  const page = (path: string) => (appUrl ? new URL(path, appUrl).href : null);
  const { label, path } = text.action;
  const where = slackLink(page(path), label) || escapeSlack(`${label}: open ${path} at the address of ${academy}.`);
  const join = text.outside ? slackLink(text.outside.url, text.outside.label) : "";
  const settings = slackLink(page("/notifications"), "Change what you are told here");
  return {
    text: escapeSlack(oneLine(text.subject)),
    blocks: [
      section(bold(cutPlain(oneLine(text.subject)))),
      ...text.paragraphs.map((paragraph) => section(cut(paragraph, PARAGRAPH_CHARS))),
      ...(join ? [section(join)] : []),
      section(where),
      ...text.closing.map((paragraph) => context(cut(paragraph, PARAGRAPH_CHARS))),
      context(
        [escapeSlack(`From ${academy}, because you asked for messages in Slack.`), settings].filter(Boolean).join(" "),
      ),
    ],
  };
}

const cutPlain = (words: string): string => {
  const letters = [...words];
  return letters.length > SUBJECT_CHARS ? `${letters.slice(0, SUBJECT_CHARS).join("").trimEnd()}…` : words;
};
