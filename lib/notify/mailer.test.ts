import { describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/env";
import { mailFault, mailKey, mailTransport } from "./mailer";

const transportOf = (variables: Record<string, string>) => mailTransport(parseEnv(variables));

describe("how mail leaves", () => {
  it("by SMTP where it is configured, else as files, else not at all, with what to do about it", () => {
    const smtp = { SMTP_URL: "smtp://u:p@mail.example:587", MAIL_FROM: "a@example.test", COHORT_HOME: "/home/x" };
    expect(transportOf(smtp)).toEqual({ by: "smtp", url: smtp.SMTP_URL, from: "a@example.test" });
    expect(transportOf({ SMTP_URL: "", COHORT_HOME: "/home/x" })).toEqual({ by: "files", folder: "/home/x/mail" });
    expect(transportOf({})).toMatchObject({ by: "none", reason: expect.stringContaining("SMTP_URL") });
  });

  it("never as files when somebody meant SMTP and got it wrong", () => {
    const home = { COHORT_HOME: "/home/x" };
    expect(transportOf({ ...home, SMTP_URL: "smtp://mail.example" })).toMatchObject({
      by: "none",
      reason: expect.stringContaining("MAIL_FROM"),
    });
    const wrong = transportOf({ ...home, SMTP_URL: "mail.example:secret@25", MAIL_FROM: "a@example.test" });
    expect(wrong).toMatchObject({ by: "none" });
    expect(JSON.stringify(wrong)).not.toContain("secret");
  });
});

it("a failure is told without addresses, secrets or what a server said", () => {
  const refused = Object.assign(new Error("Invalid login: 535 user ada@example.test password hunter2"), {
    code: "EAUTH",
    responseCode: 535,
    command: "AUTH PLAIN",
    response: "535 hunter2",
  });
  expect(mailFault(refused)).toBe("Sending failed: EAUTH, the server answered 535, at AUTH PLAIN.");
  expect(mailFault(Object.assign(new Error("x"), { code: "weird; code" }))).toBe("Sending failed: Error.");
  expect(mailFault("ada@example.test")).toBe("Sending failed.");
});

it("the key of a notice is stable, and another one's is another", () => {
  expect(mailKey("1|1795.5|link:1")).toBe(mailKey("1|1795.5|link:1"));
  expect(mailKey("1|1795.5|link:1")).not.toBe(mailKey("1|1795.6|link:1"));
  expect(mailKey("x")).toMatch(/^[0-9a-f]{24}$/);
});
