import { describe, expect, it } from "vitest";
import { testKey, testKeys } from "@/lib/wakatime/testing/people";
import { openSlack, resealSlack, type StoredSlack, sealBot, sealWebhook } from "./slack-secret";

const ADDRESS = "https://hooks.slack.com/services/T000/B000/abcdefghijklmnop-WxYz";
const TOKEN = "xoxb-000-111-abcdefghijklmnop-WxYz";

const altered = (text: string) => {
  const bytes = Buffer.from(text, "base64");
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
  return bytes.toString("base64");
};

describe("what is stored of Slack", () => {
  it("is readable by the installation's key only; host or channel and the last four characters are not hidden", () => {
    const webhook = sealWebhook(ADDRESS);
    expect(webhook).toMatchObject({ keyId: "test", host: "hooks.slack.com", ending: "WxYz" });
    const bot = sealBot(TOKEN, "#academy");
    expect(bot).toMatchObject({ kind: "bot", keyId: "test", channel: "#academy", ending: "WxYz" });
    expect(JSON.stringify([webhook, bot])).not.toContain("abcdefghijklmnop");
    expect(openSlack(webhook)).toEqual({ kind: "webhook", url: ADDRESS });
    expect(openSlack(bot)).toEqual({ kind: "bot", token: TOKEN, channel: "#academy" });
  });

  it("does not open once it was changed, nor as the other kind", () => {
    const webhook = sealWebhook(ADDRESS);
    expect(() => openSlack({ ...webhook, ciphertext: altered(webhook.ciphertext) })).toThrow(/changed/);
    expect(() => openSlack({ ...webhook, kind: "bot", channel: "#x" } as unknown as StoredSlack)).toThrow(/changed/);
  });

  it("moves to the newest key, and keeps everything else", () => {
    const [newKey, other] = [testKey("k2", 2), testKey("k3", 3)];
    const bot = sealBot(TOKEN, "#academy");
    const moved = resealSlack(bot, [newKey, ...testKeys]);
    expect(moved).toMatchObject({ kind: "bot", keyId: "k2", channel: "#academy", ending: "WxYz" });
    expect(openSlack(resealSlack(moved, [...testKeys, newKey]))).toMatchObject({ token: TOKEN });
    expect(() => resealSlack(bot, [newKey, other])).toThrow(/not configured/);
  });
});
