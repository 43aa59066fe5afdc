import { describe, expect, it } from "vitest";
import { noticeKinds } from "@/db/queries/outbox";
import { oneLine, renderMail } from "./mail-render";
import { mailTexts } from "./mail-texts";

const facts = { academy: "Heron Code Academy", payload: { runId: 17, refused: 240 }, token: "tok-en_1" };
const around = { name: "Ada Byron", academy: "Heron Code Academy", appUrl: "https://cohort.example" };

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

const LINKS: Record<string, string> = {
  "password-reset": "https://cohort.example/reset-password?token=tok-en_1",
  "email-verification": "https://cohort.example/verify-email?token=tok-en_1",
  "email-change-warning": "https://cohort.example/forgot-password",
  invitation: "https://cohort.example/invite?token=tok-en_1",
  "wakatime-reconnect": "https://cohort.example/portal/wakatime",
  "wakatime-alarm": "https://cohort.example/admin/sync/17",
  "test-mail": "https://cohort.example/admin/settings",
};

describe.each(noticeKinds)("the mail of %s", (kind) => {
  const text = mailTexts[kind](facts);
  const mail = renderMail(text, around);

  it("says the same in text and HTML, to a person, from the academy", () => {
    const shown = visible(mail.html);
    for (const each of [
      ...text.paragraphs,
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
    expect(mail.text).toContain(LINKS[kind]);
    expect(mail.html).toContain(`href="${LINKS[kind]}"`);
  });

  it("names the page where the address is not known", () => {
    const { text: without, html } = renderMail(text, { ...around, appUrl: undefined });
    expect(without).toContain(`open ${text.action.path} at the address`);
    expect(visible(html)).toContain(`open ${text.action.path} at the address`);
    expect(html).not.toContain("href=");
  });
});

it("the alarm names the run and how many were refused, whatever stands in its payload", () => {
  const { subject, paragraphs } = mailTexts["wakatime-alarm"](facts);
  expect(subject).toBe("WakaTime refused the students of sync run 17");
  expect(paragraphs[0]).toContain("refused 240 students in sync run 17");
  expect(mailTexts["wakatime-alarm"]({ ...facts, payload: { runId: "17/../x" } }).action.path).toBe("/admin/sync/0");
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
