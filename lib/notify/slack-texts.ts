import type { SessionFacts, SessionMoment } from "@/db/queries/demo-notice";
import type { ChannelNoticeKind } from "@/db/queries/outbox";
import { formatCount } from "@/lib/format";
import { oneLine } from "./mail-render";
import { distanceInWords, whenInWords } from "./session-words";
import type { SlackMessage } from "./slack-client";

/** What a message to a channel is made of. */
export type ChannelFacts = {
  academy: string;
  appUrl: string | undefined;
  now: Date;
  /** As they are now; of a cancelled one that is gone, as it was. */
  sessions: (SessionMoment & Partial<SessionFacts>)[];
  reason: string | null;
  /** The channel has heard that they were cancelled. */
  again: boolean;
};

/** Slack refuses a block of more than 3,000 characters; a description is cut where a reader tires. */
export const BLOCK_CHARS = 2_900;
const DESCRIPTION_CHARS = 1_200;
const REASON_CHARS = 500;

/** The three signs that mean something to Slack: nobody's title mentions a channel or hides a link. */
export const escapeSlack = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A link with words; empty for anything but http(s). The signs that end a link in Slack's markup are encoded. */
export function slackLink(address: string | null | undefined, words: string): string {
  if (!address || !URL.canParse(address) || !/^https?:\/\//i.test(address)) return "";
  const url = new URL(address).href.replaceAll("|", "%7C").replaceAll("<", "%3C").replaceAll(">", "%3E");
  const link = `<${url.replaceAll("&", "&amp;")}|${escapeSlack(words).replaceAll("|", "/")}>`;
  return link.length > BLOCK_CHARS ? "" : link;
}

/** Escaped, and cut where it gets too long for a reader, or for Slack once its signs are escaped. */
export function cut(text: string, chars: number): string {
  const letters = [...text.trim()];
  let escaped = "";
  for (const [index, letter] of letters.entries()) {
    const next = escapeSlack(letter);
    if (index >= chars || escaped.length + next.length > BLOCK_CHARS) return `${escaped.trimEnd()}…`;
    escaped += next;
  }
  return escaped;
}

const header = (text: string) => ({ type: "header", text: { type: "plain_text", text } });
export const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });
export const context = (text: string) => ({ type: "context", elements: [{ type: "mrkdwn", text }] });
const divider = { type: "divider" };

/** Bold is a matter of stars in Slack: one in a title ends it. */
export const bold = (text: string) => `*${escapeSlack(oneLine(text).replaceAll("*", "∗"))}*`;

const when = (session: SessionMoment) => escapeSlack(whenInWords(session));

/** The same moment as each reader's own clock shows it, which Slack fills in. */
const readersClock = ({ startsAt }: SessionMoment) =>
  `<!date^${Math.floor(Date.parse(startsAt) / 1_000)}^On your clock: {date_short_pretty}, {time}|${new Date(startsAt).toISOString().slice(0, 16).replace("T", " ")} UTC>`;

const plain = ({ title, ...moment }: SessionMoment) => `${oneLine(title)}, ${whenInWords({ title, ...moment })}`;

function placesInWords({ places }: Partial<SessionFacts>): string | null {
  if (places === undefined) return null;
  if (places === null) return "No limit to the places";
  return places === 1 ? "1 place" : `${formatCount(places)} places`;
}

const portal = (appUrl: string | undefined) => (appUrl ? new URL("/portal/demo-sessions", appUrl).href : null);

/** `last` ends the lines that say what, when and where. */
function sessionBlocks(session: ChannelFacts["sessions"][number], last: string | null): SlackMessage["blocks"] {
  const { title, description, meetingUrl } = session;
  const lines = [bold(title), when(session), readersClock(session), last].filter(Boolean);
  const join = slackLink(meetingUrl, "Join the meeting");
  return [
    section(lines.join("\n")),
    ...(description ? [section(cut(description, DESCRIPTION_CHARS))] : []),
    ...(join ? [section(join)] : []),
  ];
}

/** What helps to take part: where to sign up, and what to bring. */
function tips(appUrl: string | undefined): SlackMessage["blocks"] {
  const link = slackLink(portal(appUrl), "Sign up in the portal");
  const first = link ? `${link}: when all places are taken, you wait in line.` : "Sign up in the portal.";
  return [context(first), context("Attach your demo to the sign-up, and say in a sentence what you will show.")];
}

type Write = (facts: ChannelFacts) => SlackMessage;

function announcement({ sessions: { length }, again }: ChannelFacts): string {
  if (again)
    return length === 1 ? "Demo session takes place after all" : `${length} demo sessions take place after all`;
  return length === 1 ? "New demo session" : `${length} new demo sessions`;
}

const announced: Write = (facts) => {
  const { sessions, appUrl } = facts;
  const title = announcement(facts);
  return {
    text: escapeSlack(`${title}: ${sessions.map(plain).join("; ")}`),
    blocks: [
      header(title),
      ...sessions.flatMap((session, index) => [
        ...(index > 0 ? [divider] : []),
        ...sessionBlocks(session, placesInWords(session)),
      ]),
      ...tips(appUrl),
    ],
  };
};

function countsInWords({ presenting = 0, waiting = 0, places, isActive }: Partial<SessionFacts>): string {
  const people = presenting === 1 ? "1 person presents" : `${formatCount(presenting)} people present`;
  const waits = waiting > 0 ? `, ${formatCount(waiting)} on the waiting list` : "";
  const free = places === null || places === undefined ? null : places - presenting;
  const open =
    isActive !== false && free !== null && free > 0 ? `, ${free === 1 ? "1 place" : `${free} places`} left` : "";
  return `${presenting === 0 ? "Nobody presents yet" : people}${waits}${open}.`;
}

const reminder: Write = ({ sessions, appUrl, now }) => {
  const [session] = sessions;
  if (!session) throw new Error("A reminder needs its session.");
  const title = `Demo session ${distanceInWords(session, now)}`;
  const link = slackLink(portal(appUrl), "See the session, or sign up");
  return {
    text: escapeSlack(`${title}: ${plain(session)}. ${countsInWords(session)}`),
    blocks: [header(title), ...sessionBlocks(session, `*${countsInWords(session)}*`), ...(link ? [context(link)] : [])],
  };
};

const cancelled: Write = ({ sessions, reason }) => {
  const [session] = sessions;
  if (!session) throw new Error("A cancellation needs its session.");
  const title = "Demo session cancelled";
  return {
    text: escapeSlack(`${title}: ${plain(session)}`),
    blocks: [
      header(title),
      section([bold(session.title), `~${when(session)}~`].join("\n")),
      ...(reason ? [section(cut(reason, REASON_CHARS))] : []),
    ],
  };
};

const test: Write = ({ academy }) => {
  const sentence = `Somebody tried on the settings page whether messages of ${oneLine(academy)} arrive here. They do.`;
  return { text: escapeSlack(sentence), blocks: [section(escapeSlack(sentence))] };
};

/** What each kind of notice tells a channel. */
export const slackTexts: Record<ChannelNoticeKind, Write> = {
  "slack-demo-announced": announced,
  "slack-demo-reminder": reminder,
  "slack-demo-cancelled": cancelled,
  "slack-test": test,
};
