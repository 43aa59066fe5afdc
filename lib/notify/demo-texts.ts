import type { DemoNoticeKind } from "@/db/mutations/demo-notices";
import { formatDateWithWeekday } from "@/lib/format";
import type { MailFacts, MailText } from "./mail-texts";
import { distanceInWords, type SignupTold, whenInWords } from "./session-words";

const PATH = "/portal/demo-sessions";
const action = { label: "See your sign-up", path: PATH };
const others = { label: "See the demo sessions", path: PATH };

const quoted = ({ title }: { title: string }) => `“${title}”`;
const day = ({ date }: { date: string }) => formatDateWithWeekday(date);
const whenIt = (told: SignupTold) => `When: ${whenInWords(told.session, told.zone)}.`;
const because = ({ reason }: SignupTold) => (reason ? [`The reason: ${reason}`] : []);
const outside = ({ session: { meetingUrl } }: SignupTold) =>
  meetingUrl ? { label: "Join the meeting", url: meetingUrl } : null;

const WITHDRAW = "If you cannot come, please withdraw there: your place then goes to whoever waits first.";

const text =
  (write: (told: SignupTold) => MailText) =>
  ({ told }: MailFacts): MailText => {
    if (!told) throw new Error("A mail about a demo session needs the session.");
    return write(told);
  };

/** What was another one before, line by line. */
function changes({ session, was, zone, linkChanged }: SignupTold): string[] {
  const moved = was !== null && whenInWords(was) !== whenInWords(session);
  return [
    ...(moved ? [`It was: ${whenInWords(was, zone)}.`] : []),
    ...(linkChanged ? ["The meeting has another link: the one that you have is no longer right."] : []),
  ];
}

/** What is told about demo sessions: by mail, to whoever has or had a place. */
export const demoTexts: Record<DemoNoticeKind, (facts: MailFacts) => MailText> = {
  "demo-promoted": text((told) => ({
    subject: `You have a place: ${told.session.title}, ${day(told.session)}`,
    paragraphs: [
      `A place became free in the demo session ${quoted(told.session)}, and you were next on the waiting list. It is yours.`,
      whenIt(told),
    ],
    outside: outside(told),
    action,
    closing: [WITHDRAW],
  })),
  "demo-waitlisted": text((told) => ({
    subject: `You are on the waiting list again: ${told.session.title}, ${day(told.session)}`,
    paragraphs: [
      `The demo session ${quoted(told.session)} now has fewer places, and yours is among those that went. We are sorry.`,
      told.queue
        ? `You are number ${told.queue} on the waiting list, ahead of everybody who came later. When a place becomes free we tell you at once.`
        : "You are on the waiting list. When a place becomes free we tell you at once.",
      whenIt(told),
    ],
    action,
    closing: [],
  })),
  "demo-cancelled": text((told) => ({
    subject: `Cancelled: ${told.session.title}, ${day(told.session)}`,
    paragraphs: [
      `The demo session ${quoted(told.session)} does not take place.`,
      ...because(told),
      `It was to be: ${whenInWords(told.session, told.zone)}.`,
    ],
    action: others,
    closing: ["You need not do anything. Other sessions are open to you there."],
  })),
  "demo-moved": text((told) => ({
    subject: `Moved: you are now in ${told.session.title}, ${day(told.session)}`,
    paragraphs: [
      told.was
        ? `The demo session ${quoted(told.was)} of ${day(told.was)} does not take place. Your sign-up moved to ${quoted(told.session)}.`
        : `Your sign-up moved to the demo session ${quoted(told.session)}.`,
      ...because(told),
      whenIt(told),
      told.queue ? `It is full: you are number ${told.queue} on its waiting list.` : "You have a place there.",
    ],
    outside: told.queue ? null : outside(told),
    action,
    closing: [WITHDRAW],
  })),
  "demo-changed": text((told) => ({
    subject: `${told.restored ? "Takes place after all" : "Changed"}: ${told.session.title}, ${day(told.session)}`,
    paragraphs: [
      told.restored
        ? `The demo session ${quoted(told.session)} takes place after all. ${told.queue ? "You are on its waiting list, as before." : "You have your place, as before."}`
        : `Something changed about the demo session ${quoted(told.session)} that you are signed up for.`,
      whenIt(told),
      ...changes(told),
    ],
    outside: outside(told),
    action,
    closing: [WITHDRAW],
  })),
  "demo-deleted": text((told) => ({
    subject: `No longer planned: ${told.session.title}, ${day(told.session)}`,
    paragraphs: [
      `The demo session ${quoted(told.session)} is no longer planned, and your sign-up went with it.`,
      ...because(told),
      `It was to be: ${whenInWords(told.session, told.zone)}.`,
    ],
    action: others,
    closing: ["Other sessions are open to you there."],
  })),
  "demo-reminder": text((told) => ({
    subject: `You present ${distanceInWords(told.session, told.now)}: ${told.session.title}, ${day(told.session)}`,
    paragraphs: [
      `You present ${distanceInWords(told.session, told.now)}, in the demo session ${quoted(told.session)}.`,
      whenIt(told),
    ],
    outside: outside(told),
    action,
    closing: [WITHDRAW],
  })),
};
