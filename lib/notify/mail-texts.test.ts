import { describe, expect, it } from "vitest";
import type { DemoNoticeKind } from "@/db/mutations/demo-notices";
import { noticeKinds } from "@/db/queries/outbox";
import type { RiskDigest } from "@/db/queries/risk-digest";
import { directMessage } from "./direct-message";
import { oneLine, renderMail } from "./mail-render";
import { type MailParagraph, mailTexts } from "./mail-texts";
import type { SignupTold } from "./session-words";

const told: SignupTold = {
  session: {
    id: 4,
    title: "Friday <demos>",
    date: "2026-11-27",
    time: "15:00",
    timeZone: "America/Chicago",
    startsAt: "2026-11-27T21:00:00.000Z",
    meetingUrl: "https://zoom.example/j/9?pwd=a&b=<c>",
  },
  was: null,
  queue: null,
  reason: "The room is taken.",
  linkChanged: false,
  restored: false,
  zone: "America/Chicago",
  now: new Date("2026-11-26T15:00:00Z"),
};
const risk: RiskDigest = {
  batchName: "Lisbon <14>",
  changes: [
    {
      ...{ studentId: 7, name: "Grace & Co", before: "on_track", state: "watch" },
      signals: [{ kind: "quiet", points: 3, value: 4, threshold: 3, unknown: null, of: "2026-06-16" }],
    },
  ],
};
const payload = { runId: 17, refused: 240, batchId: 9, to: "2026-06-22" };
const facts = { academy: "Heron Code Academy", payload, token: "tok-en_1", told, risk };
const around = { name: "Ada Byron", academy: "Heron Code Academy", appUrl: "https://cohort.example", stop: null };

/** What a reader of the HTML sees. */
const visible = (html: string) =>
  html
    .replace(/^[\s\S]*<body[^>]*>/, "")
    .replace(/<[^>]+>/g, "\n")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

/** The pieces that stand together, whatever is linked in between. */
const wordsOf = (paragraph: MailParagraph): string[] =>
  typeof paragraph === "string" ? [paragraph] : paragraph.map((part) => (typeof part === "string" ? part : part.text));

const LINKS: Record<string, string> = {
  "password-reset": "https://cohort.example/reset-password?token=tok-en_1",
  "email-verification": "https://cohort.example/verify-email?token=tok-en_1",
  "email-change-warning": "https://cohort.example/forgot-password",
  invitation: "https://cohort.example/invite?token=tok-en_1",
  "wakatime-reconnect": "https://cohort.example/portal/wakatime",
  "wakatime-alarm": "https://cohort.example/admin/sync/17",
  "test-mail": "https://cohort.example/admin/settings",
  "risk-digest": "https://cohort.example/admin/early-warning?batch=9",
  "deletion-requested": "https://cohort.example/portal/privacy",
  "deletion-tomorrow": "https://cohort.example/portal/privacy",
};
const linkOf = (kind: string) => LINKS[kind] ?? "https://cohort.example/portal/demo-sessions";

describe.each(noticeKinds)("the mail of %s", (kind) => {
  const text = mailTexts[kind](facts);
  const mail = renderMail(text, around);

  it("says the same in text and HTML, to a person, from the academy", () => {
    const shown = visible(mail.html);
    for (const each of [
      ...text.paragraphs.flatMap(wordsOf),
      ...text.closing,
      "Hello Ada Byron,",
      "Heron Code Academy",
      text.action.label,
    ]) {
      expect(mail.text).toContain(each);
      expect(shown).toContain(each);
    }
  });

  it("links to the right page with its whole address", () => {
    expect(mail.text).toContain(linkOf(kind));
    expect(mail.html).toContain(`href="${linkOf(kind)}"`);
  });

  it("names the page where the address is not known", () => {
    const { text: without, html } = renderMail(text, { ...around, appUrl: undefined });
    expect(without).toContain(`open ${text.action.path} at the address`);
    expect(visible(html)).toContain(`open ${text.action.path} at the address`);
    expect(html).not.toContain('href="/');
    expect(html).not.toContain("cohort.example");
  });
});

it("the alarm names the run and how many were refused, whatever stands in its payload", () => {
  const { subject, paragraphs } = mailTexts["wakatime-alarm"](facts);
  expect(subject).toBe("WakaTime refused the students of sync run 17");
  expect(paragraphs[0]).toContain("refused 240 students in sync run 17");
  expect(mailTexts["wakatime-alarm"]({ ...facts, payload: { runId: "17/../x" } }).action.path).toBe("/admin/sync/0");
});

it("the week's changes link each fact to where it can be looked at, with its whole address", () => {
  const quiet = "Quiet: 4 working days without coding, last on 16 Jun 2026";
  const { html, text } = renderMail(mailTexts["risk-digest"](facts), around);
  expect(text).toContain(
    `Grace & Co: on track → watch (${quiet} <https://cohort.example/admin/students/7?days=90#coding>)`,
  );
  expect(html).toContain(`href="https://cohort.example/admin/students/7?days=90#coding"`);
  expect(JSON.stringify(directMessage(mailTexts["risk-digest"](facts), "Heron", around.appUrl))).toContain(
    `Grace &amp; Co: on track → watch (<https://cohort.example/admin/students/7?days=90#coding|${quiet}>)`,
  );
});

it("a name is shown, never run", () => {
  const name = `<img src=x onerror="alert('1')"> & Co`;
  const { html, text } = renderMail(mailTexts["wakatime-reconnect"](facts), { ...around, name });
  expect(html).not.toContain("<img");
  expect(visible(html)).toContain(`Hello ${name},`);
  expect(text).toContain(`Hello ${name},`);
});

it("nothing in a name or an academy's name breaks a line", () => {
  expect(oneLine("Ada\r\nBcc: all@example.test\u2028x\u0000\u0085y ")).toBe("Ada Bcc: all@example.test x y");
  const text = mailTexts["password-reset"]({ ...facts, academy: "Heron\r\nBcc: x@example.test" });
  expect(renderMail(text, around).subject).not.toMatch(/[\r\n]/);
});

it("promises of the missing days no more than is read", () => {
  const { text } = renderMail(mailTexts["wakatime-reconnect"](facts), around);
  expect(text).not.toMatch(/nothing is lost/i);
  expect(text).toMatch(/the same account again, the days since the last sync are read: from up to a year back/);
});

describe("mail about demo sessions", () => {
  const mailOf = (kind: DemoNoticeKind, changed: Partial<SignupTold> = {}) =>
    renderMail(mailTexts[kind]({ ...facts, told: { ...told, ...changed } }), around);

  it("says when by the session's clock, and by the reader's where that shows something else", () => {
    expect(mailOf("demo-reminder").text).toContain("When: Fri 27 Nov 2026, 15:00 (America/Chicago).");
    expect(mailOf("demo-reminder", { zone: "Asia/Kathmandu" }).text).toContain(
      "When: Fri 27 Nov 2026, 15:00 (America/Chicago); for you Sat 28 Nov 2026, 02:45 (Asia/Kathmandu).",
    );
    // Another zone, the same clock.
    expect(mailOf("demo-reminder", { zone: "America/Mexico_City" }).text).toContain("15:00 (America/Chicago).");
  });

  it("counts the days on the session's calendar", () => {
    expect(mailOf("demo-reminder").subject).toBe("You present tomorrow: Friday <demos>, Fri 27 Nov 2026");
    // Still Thursday in Chicago.
    const lateThere = { now: new Date("2026-11-27T05:59:00Z") };
    expect(mailOf("demo-reminder", lateThere).subject).toContain("tomorrow");
    expect(mailOf("demo-reminder", { now: new Date("2026-11-27T06:00:00Z") }).subject).toContain("today");
  });

  it("links to the meeting in text and HTML, and only to addresses of the web", () => {
    const mail = mailOf("demo-promoted");
    expect(mail.text).toContain("Join the meeting: https://zoom.example/j/9?pwd=a&b=<c>");
    expect(mail.html).toContain('href="https://zoom.example/j/9?pwd=a&amp;b=&lt;c&gt;"');
    const session = { ...told.session, meetingUrl: "javascript:alert(1)" };
    expect(mailOf("demo-promoted", { session }).html).not.toContain("javascript:");
  });

  it("says what became of the sign-up", () => {
    const was = { ...told.session, title: "The old one", date: "2026-11-20", startsAt: "2026-11-20T21:00:00.000Z" };
    const moved = mailOf("demo-moved", { was, queue: 3 }).text;
    expect(moved).toContain("“The old one” of Fri 20 Nov 2026 does not take place");
    expect(moved).toContain("you are number 3 on its waiting list");
    expect(moved).not.toContain("Join the meeting");
    expect(mailOf("demo-moved", { was }).text).toContain("You have a place there.");
    expect(mailOf("demo-waitlisted", { queue: 1 }).text).toContain("You are number 1 on the waiting list");
    expect(mailOf("demo-cancelled").text).toContain("The reason: The room is taken.");
    const changed = mailOf("demo-changed", { was, linkChanged: true }).text;
    expect(changed).toContain("It was: Fri 20 Nov 2026, 15:00 (America/Chicago).");
    expect(changed).toContain("another link");
    expect(mailOf("demo-changed", { restored: true }).subject).toMatch(/^Takes place after all/);
  });
});
