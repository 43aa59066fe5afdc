import type { Encoding } from "./words";

const MARKS: [Encoding, number[]][] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/** What bytes 0x80 to 0x9F mean in Windows-1252, as browsers read it; the rest is Latin-1. */
const WINDOWS_1252 =
  "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F" +
  "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

const windows1252 = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString("latin1")
    .replace(/[\x80-\x9f]/g, (sign) => WINDOWS_1252[sign.charCodeAt(0) - 0x80] ?? sign);

const read = (bytes: Uint8Array, encoding: Encoding): string =>
  encoding === "windows-1252" ? windows1252(bytes) : new TextDecoder(encoding).decode(bytes);

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const PROBE_BYTES = 400;

/** UTF-16 without its mark: of Western text every other byte is zero. */
function unmarkedUtf16(bytes: Uint8Array): Encoding | null {
  const zeros = [0, 0];
  const probe = bytes.subarray(0, PROBE_BYTES);
  for (const [index, byte] of probe.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [first = 0, second = 0] = zeros;
  if (first + second < probe.length / 3) return null;
  return second > first ? "utf-16le" : "utf-16be";
}

/** A byte order mark says it; else what is valid UTF-8 is UTF-8, and the rest is what Windows programs write. */
export function guessEncoding(bytes: Uint8Array): Encoding {
  const marked = MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  return marked?.[0] ?? unmarkedUtf16(bytes) ?? (isUtf8(bytes) ? "utf-8" : "windows-1252");
}

const WORKBOOKS = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

/** A spreadsheet program's own file: no text at all. */
export const isWorkbook = (bytes: Uint8Array): boolean =>
  WORKBOOKS.some((mark) => mark.every((byte, index) => bytes[index] === byte));

/** The text of a file, without its mark, in the encoding that is wanted or guessed. */
export function decode(bytes: Uint8Array, wanted?: Encoding): { text: string; encoding: Encoding } {
  const encoding = wanted ?? guessEncoding(bytes);
  return { text: read(bytes, encoding).replace(/^\uFEFF/, ""), encoding };
}
