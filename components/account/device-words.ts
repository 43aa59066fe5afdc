import { UAParser } from "ua-parser-js";

const SYSTEMS: Record<string, string> = { "Mac OS": "macOS", "Chromium OS": "ChromeOS" };
const KINDS: Record<string, string> = { mobile: "phone", tablet: "tablet" };
const PROGRAM_CHARS = 40;

/** Where somebody is signed in, by what the browser calls itself: `Safari on iPhone`, `Firefox on Windows`. */
export function deviceInWords(userAgent: string | null): string {
  const named = userAgent?.trim();
  if (!named) return "Unknown device";
  const { browser, os, device } = new UAParser(named).getResult();
  const system = os.name && (SYSTEMS[os.name] ?? os.name);
  // No browser: scripts and tools begin with their own name.
  if (!browser.name && !system) return `A program: ${named.split(/[\s/]/)[0]?.slice(0, PROGRAM_CHARS)}`;
  const program = browser.name?.replace(/^Mobile /, "") ?? "A browser";
  const isApple = device.vendor === "Apple" && device.model !== "Macintosh";
  const kind = device.type && KINDS[device.type];
  const place = isApple ? device.model : [system, kind].filter(Boolean).join(" ");
  return place ? `${program} on ${place}` : program;
}
