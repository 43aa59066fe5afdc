import { describe, expect, it } from "vitest";
import { channelNoticeKinds } from "@/db/queries/outbox";
import { messageSchema } from "@/e2e/fakes/slack";
import { type ChannelFacts, escapeSlack, slackLink, slackTexts } from "./slack-texts";

const session = {
  id: 4,
  title: "Friday <!channel> & *demos*",
  date: "2026-11-27",
  time: "15:00",
  timeZone: "America/Chicago",
  startsAt: "2026-11-27T21:00:00.000Z",
  description: "Bring <a> laptop & a cable.",
  meetingUrl: "https://zoom.example/j/9?pwd=a&b=c|d",
  isActive: true,
  isCancelled: false,
  cancelReason: null,
  places: 8,
  presenting: 5,
  waiting: 2,
};
const facts: ChannelFacts = {
  academy: "Heron",
  appUrl: "https://cohort.example",
  now: new Date("2026-11-26T15:00:00Z"),
  sessions: [session],
  reason: "The room is <taken>.",
  again: false,
};
const textOf = (kind: keyof typeof slackTexts, changed: Partial<ChannelFacts> = {}) =>
  JSON.stringify(slackTexts[kind]({ ...facts, ...changed }));

it.each(channelNoticeKinds)("%s is a message that Slack takes", (kind) => {
  expect(messageSchema.safeParse(slackTexts[kind](facts)).error).toBeUndefined();
});

describe("an announcement", () => {
  it("has date, time, zone, title, description, link, and what helps to take part", () => {
    const text = textOf("slack-demo-announced");
    for (const part of [
      "New demo session",
      "Fri 27 Nov 2026, 15:00 (America/Chicago)",
      "<!date^1795813200^",
      "Bring &lt;a&gt; laptop &amp; a cable.",
      "<https://zoom.example/j/9?pwd=a&amp;b=c%7Cd|Join the meeting>",
      "8 places",
      "<https://cohort.example/portal/demo-sessions|Sign up in the portal>",
      "Attach your demo",
    ]) {
      expect(text).toContain(part);
    }
    expect(Date.parse(session.startsAt) / 1_000).toBe(1_795_813_200);
  });

  it("lets no title call a channel, end a bold word or hide a link", () => {
    const text = textOf("slack-demo-announced");
    expect(text).not.toContain("<!channel>");
    expect(text).toContain("*Friday &lt;!channel&gt; &amp; ∗demos∗*");
  });

  it("tells of several at once, within Slack's limits however long they are", () => {
    const long = {
      ...session,
      title: "T".repeat(120),
      description: "<&>".repeat(3_000),
      meetingUrl: `https://x.example/${"a".repeat(400)}`,
    };
    const message = slackTexts["slack-demo-announced"]({ ...facts, sessions: Array.from({ length: 10 }, () => long) });
    expect(messageSchema.safeParse(message).error).toBeUndefined();
    expect(JSON.stringify(message)).toContain("10 new demo sessions");
  });

  it("says what is left out where it is not known", () => {
    const bare = { ...session, description: null, meetingUrl: "javascript:alert(1)", places: null };
    const text = textOf("slack-demo-announced", { sessions: [bare], appUrl: undefined });
    expect(text).not.toContain("javascript");
    expect(text).not.toContain("|Sign up");
    expect(text).toContain("No limit to the places");
  });
});

describe("a reminder", () => {
  it("says when, how many present and how many places are left", () => {
    const text = textOf("slack-demo-reminder");
    expect(text).toContain("Demo session tomorrow");
    // The page that it leads to never names anybody.
    expect(text).toContain("/portal/demo-sessions|See the session, or sign up>");
    expect(text).toContain("5 people present, 2 on the waiting list, 3 places left.");
    const of = (presenting: number, places: number | null) =>
      textOf("slack-demo-reminder", { sessions: [{ ...session, presenting, places, waiting: 0 }] });
    expect(of(1, 1)).toContain("*1 person presents.*");
    expect(of(0, null)).toContain("*Nobody presents yet.*");
    expect(of(7, 8)).toContain("*7 people present, 1 place left.*");
  });
});

it("a cancellation says which and why", () => {
  const text = textOf("slack-demo-cancelled");
  expect(text).toContain("Demo session cancelled");
  expect(text).toContain("The room is &lt;taken&gt;.");
});

it("escapes the three signs once", () => {
  expect(escapeSlack("&lt; <b> &")).toBe("&amp;lt; &lt;b&gt; &amp;");
  expect(slackLink("https://x.example/<a>|b", "a|b <c>")).toBe("<https://x.example/%3Ca%3E%7Cb|a/b &lt;c&gt;>");
  expect(slackLink("ftp://x.example", "x")).toBe("");
});
