import { SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, it } from "vitest";
import { hashToken, newSessionId, signSessionId, verifySessionToken } from "./session-token";

const SECRET = "a secret that is long enough to sign with";
const key = new TextEncoder().encode(SECRET);

const content = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

describe("the cookie's value", () => {
  it("gives back the session id it was made of, and holds nothing else about anybody", async () => {
    const sid = newSessionId();
    const token = await signSessionId(sid, SECRET);
    expect(await verifySessionToken(token, SECRET)).toBe(sid);
    expect(Object.keys(content(token)).sort()).toEqual(["iat", "sid"]);
  });

  it("is refused under another secret", async () => {
    expect(await verifySessionToken(await signSessionId("sid", "another secret of that length"), SECRET)).toBeNull();
  });

  it("is refused when a part of it was changed", async () => {
    const [header, , signature] = (await signSessionId("mine", SECRET)).split(".");
    const other = Buffer.from(JSON.stringify({ sid: "theirs" })).toString("base64url");
    expect(await verifySessionToken(`${header}.${other}.${signature}`, SECRET)).toBeNull();
    expect(await verifySessionToken(`${header}.${other}.`, SECRET)).toBeNull();
  });

  it("is refused without a signature or under another algorithm", async () => {
    const none = new UnsecuredJWT({ sid: "mine" }).encode();
    const longer = await new SignJWT({ sid: "mine" }).setProtectedHeader({ alg: "HS512" }).sign(key);
    expect(await verifySessionToken(none, SECRET)).toBeNull();
    expect(await verifySessionToken(longer, SECRET)).toBeNull();
  });

  it("is refused when it holds no session id, or is no token", async () => {
    const withNumber = await new SignJWT({ sid: 7 }).setProtectedHeader({ alg: "HS256" }).sign(key);
    const empty = await new SignJWT({}).setProtectedHeader({ alg: "HS256" }).sign(key);
    for (const token of [withNumber, empty, "", "a.b.c", "x"])
      expect(await verifySessionToken(token, SECRET)).toBeNull();
  });
});

describe("a session id", () => {
  it("is 256 random bits, fit for a cookie, stored as SHA-256", () => {
    const ids = new Set(Array.from({ length: 100 }, newSessionId));
    expect(ids.size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^[\w-]{43}$/);
    expect(hashToken("abc").toString("hex")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});
