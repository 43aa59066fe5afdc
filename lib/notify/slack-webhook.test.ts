import { describe, expect, it } from "vitest";
import { openWebhook, sealWebhook } from "./slack-webhook";

const URL_ = "https://hooks.slack.com/services/T000/B000/abcdefghijklmnop-WxYz";

describe("the stored Slack address", () => {
  it("is readable by the installation's key only; host and last four characters are not hidden", () => {
    const stored = sealWebhook(URL_);
    expect(stored).toMatchObject({ keyId: "test", host: "hooks.slack.com", ending: "WxYz" });
    expect(JSON.stringify(stored)).not.toContain("abcdefghijklmnop");
    expect(openWebhook(stored)).toBe(URL_);
  });

  it("does not open once it was changed", () => {
    const stored = sealWebhook(URL_);
    const bytes = Buffer.from(stored.ciphertext, "base64");
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
    expect(() => openWebhook({ ...stored, ciphertext: bytes.toString("base64") })).toThrow(/changed/);
  });
});
