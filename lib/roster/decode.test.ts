import { describe, expect, it } from "vitest";
import { decode, guessEncoding } from "./decode";
import { readRoster } from "./read";

const TEXT = "name;email\nZoë “Łukasz” Ångström;zoe@x.test";
const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16();

describe("the encoding of a file", () => {
  it.each([
    ["UTF-8 without a mark", Buffer.from(TEXT), "utf-8"],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${TEXT}`), "utf-8"],
    ["UTF-16, little end first", Buffer.from(`\uFEFF${TEXT}`, "utf16le"), "utf-16le"],
    ["UTF-16, big end first", utf16be(`\uFEFF${TEXT}`), "utf-16be"],
    ["UTF-16 without a mark", Buffer.from(TEXT, "utf16le"), "utf-16le"],
    ["UTF-16 without a mark, big end first", utf16be(TEXT), "utf-16be"],
    ["UTF-8 with a NUL or two", Buffer.from(`${TEXT}\0\0`), "utf-8"],
  ])("%s is found and its mark is gone", (_, bytes, encoding) => {
    const { text, ...rest } = decode(bytes);
    expect({ text: text.replaceAll("\0", ""), ...rest }).toEqual({ text: TEXT, encoding });
  });

  it("what is not valid UTF-8 is Windows-1252, with its own signs from 0x80 to 0x9F", () => {
    const bytes = Buffer.from([0x5a, 0x6f, 0xeb, 0x20, 0x80, 0x20, 0x93, 0x9a, 0x94, 0x9f]);
    expect(decode(bytes)).toEqual({ text: "Zoë € “š”Ÿ", encoding: "windows-1252" });
  });

  it("another reading can be asked for", () => {
    expect(decode(Buffer.from("é"), "windows-1252").text).toBe("Ã©");
    expect(guessEncoding(Buffer.from("é"))).toBe("utf-8");
  });
});

it("a workbook is told apart from a text", () => {
  for (const head of [
    [0x50, 0x4b, 0x03, 0x04],
    [0xd0, 0xcf, 0x11, 0xe0],
  ]) {
    expect(readRoster(Buffer.from([...head, 1, 2, 3]), {})).toMatchObject({
      ok: false,
      message: expect.stringContaining("workbook"),
    });
  }
});
