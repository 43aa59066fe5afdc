import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  decryptToken,
  encryptToken,
  encryptTokenPair,
  parseTokenKeys,
  TokenCryptoError,
  tokenAad,
} from "./token-crypto";

const [first, second] = [randomBytes(32).toString("base64"), randomBytes(32).toString("base64")];
const keys = parseTokenKeys(`k2:${second}, k1:${first}`);
const old = parseTokenKeys(`k1:${first}`);
const aad = tokenAad(7, "access");

const flipped = (text: string, byte: number) => {
  const bytes = Buffer.from(text, "base64");
  bytes[byte] = (bytes[byte] ?? 0) ^ 1;
  return bytes.toString("base64");
};

describe("token encryption", () => {
  it("encrypts under the first key and decrypts under any", () => {
    const token = encryptToken("waka_tok_secret", keys, aad);
    expect(token.keyId).toBe("k2");
    expect(token.ciphertext).not.toContain("secret");
    expect(decryptToken(token, keys, aad)).toBe("waka_tok_secret");
    expect(decryptToken(encryptToken("before the rotation", old, aad), keys, aad)).toBe("before the rotation");
  });

  it("gives another ciphertext each time", () => {
    expect(encryptToken("same", keys, aad).ciphertext).not.toBe(encryptToken("same", keys, aad).ciphertext);
  });

  it.each([
    ["nonce", 0],
    ["tag", 12],
    ["text", 28],
  ])("notices a changed %s", (_part, byte) => {
    const token = encryptToken("a token", keys, aad);
    expect(() => decryptToken({ ...token, ciphertext: flipped(token.ciphertext, byte) }, keys, aad)).toThrow(
      TokenCryptoError,
    );
  });

  it("refuses a token that was moved to another row, column or key id, or cut short", () => {
    const token = encryptToken("a token", keys, aad);
    expect(() => decryptToken(token, keys, tokenAad(8, "access"))).toThrow(TokenCryptoError);
    expect(() => decryptToken(token, keys, tokenAad(7, "refresh"))).toThrow(TokenCryptoError);
    expect(() => decryptToken({ ...token, keyId: "k1" }, keys, aad)).toThrow(TokenCryptoError);
    expect(() => decryptToken({ ...token, ciphertext: "AAAA" }, keys, aad)).toThrow(TokenCryptoError);
  });

  it("names an unknown key id", () => {
    expect(() => decryptToken(encryptToken("a token", keys, aad), old, aad)).toThrow(/"k2"/);
  });

  it("binds the two tokens of a pair to their columns", () => {
    const pair = encryptTokenPair(7, { accessToken: "a", refreshToken: "r" }, keys);
    const read = (ciphertext: string, token: "access" | "refresh") =>
      decryptToken({ keyId: pair.keyId, ciphertext }, keys, tokenAad(7, token));
    expect(read(pair.accessTokenEncrypted, "access")).toBe("a");
    expect(read(pair.refreshTokenEncrypted, "refresh")).toBe("r");
    expect(() => read(pair.refreshTokenEncrypted, "access")).toThrow(TokenCryptoError);
  });

  it.each(["", " , ", "k1", `k1:${Buffer.alloc(16).toString("base64")}`, `k1:${first},k1:${second}`])(
    "refuses the configuration %j without quoting a key",
    (text) => {
      expect(() => parseTokenKeys(text)).toThrow(TokenCryptoError);
      expect(() => parseTokenKeys(text)).not.toThrow(first);
    },
  );
});
