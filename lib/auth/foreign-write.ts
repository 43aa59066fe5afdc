type HeaderReader = { get(name: string): string | null };

/**
 * True when a browser on another site sent this write. A request with neither `Origin` nor `Sec-Fetch-Site` comes from
 * no browser and carries nobody's cookies by accident, so it passes.
 */
export function isForeignWrite(headers: HeaderReader): boolean {
  const site = headers.get("sec-fetch-site");
  if (site && site !== "same-origin" && site !== "none") return true;
  const origin = headers.get("origin");
  if (!origin) return false;
  const host = headers.get("x-forwarded-host") ?? headers.get("host");
  try {
    return new URL(origin).host !== host;
  } catch {
    return true; // "null", or nothing a browser of ours would send
  }
}
