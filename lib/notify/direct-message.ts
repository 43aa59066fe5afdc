import { oneLine, plainWords } from "./mail-render";
import type { MailParagraph, MailText } from "./mail-texts";
import type { SlackMessage } from "./slack-client";
import { BLOCK_CHARS, bold, context, cut, escapeSlack, section, slackLink } from "./slack-texts";

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
      ...text.paragraphs.map((paragraph) => section(paragraphOf(paragraph, page))),
      ...(join ? [section(join)] : []),
      section(where),
      ...text.closing.map((paragraph) => context(cut(paragraph, PARAGRAPH_CHARS))),
      context(
        [escapeSlack(`From ${academy}, because you asked for messages in Slack.`), settings].filter(Boolean).join(" "),
      ),
    ],
  };
}

/** With its links; what is too long with them goes without. */
function paragraphOf(paragraph: MailParagraph, page: (path: string) => string | null): string {
  if (typeof paragraph === "string") return cut(paragraph, PARAGRAPH_CHARS);
  const linked = paragraph
    .map((part) =>
      typeof part === "string" ? escapeSlack(part) : slackLink(page(part.path), part.text) || escapeSlack(part.text),
    )
    .join("");
  return linked.length <= BLOCK_CHARS ? linked : cut(plainWords(paragraph), PARAGRAPH_CHARS);
}

const cutPlain = (words: string): string => {
  const letters = [...words];
  return letters.length > SUBJECT_CHARS ? `${letters.slice(0, SUBJECT_CHARS).join("").trimEnd()}…` : words;
};
