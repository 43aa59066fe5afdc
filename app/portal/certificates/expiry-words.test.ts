import { expect, it } from "vitest";
import { expiryWords } from "./expiry-words";

const words = (state: "valid" | "expiring" | "expired" | "revoked", dateExpired: string | null, revokedOn?: string) => {
  const said = expiryWords({ state, dateExpired, revokedOn: revokedOn ?? null }, "2026-11-23");
  return [said.state, said.day];
};

it("says how a certificate stands, and until when", () => {
  expect(words("valid", null)).toEqual(["valid", "no expiry"]);
  expect(words("valid", "2029-03-01")).toEqual(["valid", "until 1 Mar 2029"]);
  expect(words("expiring", "2026-12-23")).toEqual(["expires in 30 days", "until 23 Dec 2026"]);
  expect(words("expiring", "2026-11-23")).toEqual(["expires today", "until 23 Nov 2026"]);
  expect(words("expired", "2026-11-22")).toEqual(["expired", "until 22 Nov 2026"]);
  expect(words("revoked", "2029-03-01", "2026-02-03")).toEqual(["revoked", "on 3 Feb 2026"]);
});
