import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { groupOf, groupRules, noticeGroups } from "@/db/queries/notice-groups";
import { noticeKinds } from "@/db/queries/outbox";
import { renderMail } from "./mail-render";
import { mailTexts } from "./mail-texts";
import { smtpMailer } from "./smtp-mailer";
import { startSmtpServer } from "./testing/smtp";
import { readUnsubscribeToken, unsubscribeToken } from "./unsubscribe-link";

const SECRET = "a secret of thirty-two characters";
const about = { userId: 42, group: "reminders" } as const;

describe("the link out of a mail", () => {
  it("says whose mails of which group, to whoever has the secret", () => {
    const token = unsubscribeToken(about, SECRET);
    expect(readUnsubscribeToken(token, SECRET)).toEqual(about);
    expect(token).toBe(unsubscribeToken(about, SECRET));
    expect(encodeURIComponent(token)).toBe(token);
  });

  it("holds for nobody else, for nothing else, and under no other secret", () => {
    const token = unsubscribeToken(about, SECRET);
    const signature = token.split(".")[2] ?? "";
    const flipped = signature.startsWith("A") ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
    for (const forged of [
      `43.reminders.${signature}`,
      `42.places.${signature}`,
      `42.reminders.${flipped}`,
      `042.reminders.${signature}`,
      `42.reminders.${signature}=`,
      `42.reminders.`,
      "",
      undefined,
      ["42"],
    ]) {
      expect(readUnsubscribeToken(forged, SECRET), String(forged)).toBeNull();
    }
    expect(readUnsubscribeToken(token, `${SECRET}!`)).toBeNull();
  });

  it("never ends what cannot be switched off", () => {
    const always = noticeGroups.filter((group) => groupRules[group].mail === "always");
    expect(always).toContain("account");
    for (const group of always) {
      expect(readUnsubscribeToken(unsubscribeToken({ userId: 42, group }, SECRET), SECRET)).toBeNull();
    }
  });
});

it("what holds a link into an account is always mailed, and never goes to Slack", () => {
  const token = "tok-en_1";
  const risk = { batchName: "x", changes: [] };
  const withLink = noticeKinds.filter(
    (kind) =>
      !kind.startsWith("demo-") &&
      mailTexts[kind]({ academy: "x", payload: {}, token, risk }).action.path.includes(token),
  );
  expect(withLink).toEqual(expect.arrayContaining(["password-reset", "email-verification", "invitation"]));
  for (const kind of withLink) expect(groupRules[groupOf[kind]]).toMatchObject({ mail: "always", slack: false });
});

describe("a mail that can be switched off", () => {
  const text = mailTexts["wakatime-reconnect"]({ academy: "Heron", payload: {}, token: "" });
  const around = { name: "Ada", academy: "Heron", appUrl: "https://cohort.example" };
  const stop = { what: "news about <WakaTime>", path: "/unsubscribe?token=1.wakatime.x" };

  it("says how at its end, in text and HTML, and no other mail does", () => {
    const mail = renderMail(text, { ...around, stop });
    expect(mail.text).toContain(
      "No more news about <WakaTime>: https://cohort.example/unsubscribe?token=1.wakatime.x\n",
    );
    expect(mail.html).toContain('href="https://cohort.example/unsubscribe?token=1.wakatime.x"');
    expect(mail.html).toContain("No more news about &lt;WakaTime&gt;</a>");
    const without = renderMail(text, { ...around, stop: null });
    expect(`${without.text}${without.html}`).not.toMatch(/unsubscribe|No more/);
    expect(renderMail(text, { ...around, appUrl: undefined, stop }).text).toContain("switch them off under");
  });
});

describe("by SMTP", () => {
  let server: Awaited<ReturnType<typeof startSmtpServer>>;
  beforeAll(async () => {
    server = await startSmtpServer();
  });
  afterAll(() => server.close());

  const headersOf = async (unsubscribe: string | null) => {
    const mailer = smtpMailer({ url: server.url(), from: "a@example.test" });
    const to = { name: "Ada", address: "ada@example.test" };
    await mailer.send({ key: "k", to, subject: "s", text: "t", html: "<p>t</p>", academy: "Heron", unsubscribe });
    mailer.close();
    const raw = server.received.at(-1)?.raw ?? "";
    // Long headers are folded.
    return raw.slice(0, raw.indexOf("\r\n\r\n")).replace(/\r\n[ \t]+/g, " ");
  };

  it("mail programs get their own button: one step over https, a page otherwise, none where nothing can be ended", async () => {
    const token = unsubscribeToken(about, SECRET);
    const address = `https://academy.cohort.example/api/unsubscribe?token=${token}`;
    const headers = await headersOf(address);
    expect(headers).toMatch(new RegExp(`^List-Unsubscribe: <${address.replace(/[.?]/g, "\\$&")}>$`, "m"));
    expect(headers).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
    const plain = await headersOf(`http://localhost:3000/api/unsubscribe?token=${token}`);
    expect(plain).toMatch(/^List-Unsubscribe: <http:/m);
    expect(plain).not.toContain("List-Unsubscribe-Post");
    expect(await headersOf(null)).not.toContain("List-Unsubscribe");
  });
});
