import { createHash } from "node:crypto";
import { getDb } from "@/db/client";
import { getCalendarFeed } from "@/db/queries/calendar-feed";
import { apiError, apiRoute } from "@/lib/api";
import { calendarText } from "@/lib/demo-sessions/calendar-feed";
import { isFeedToken, tokenOfPath } from "@/lib/demo-sessions/feed-token";
import { env } from "@/lib/env";
import { failure } from "@/lib/errors";

/** Calendars come back with the tag of what they have; nobody in between keeps a copy. */
const HEADERS = { "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex" };

/** The demo sessions behind a person's secret link, for their calendar program: it has no cookie. */
export const GET = apiRoute("public", async ({ request, params }) => {
  const token = tokenOfPath(params.token ?? "");
  const feed = token ? await getCalendarFeed(getDb(), token, new Date()) : null;
  if (!token || !feed || !isFeedToken(token, feed.nonce)) {
    return apiError(failure("not_found", "This calendar link has ended. Make a new one on the page of demo sessions."));
  }
  const { APP_URL } = env();
  const page = feed.isStudent ? "/portal/demo-sessions" : "/admin/demo-sessions";
  const text = calendarText(feed, APP_URL ? new URL(page, APP_URL).href : null);
  const tag = `"${createHash("sha256").update(text).digest("base64url")}"`;
  if (isKnown(request.headers.get("if-none-match"), tag)) {
    return new Response(null, { status: 304, headers: { ...HEADERS, ETag: tag } });
  }
  return new Response(text, {
    headers: {
      ...HEADERS,
      ETag: tag,
      "Content-Type": "text/calendar; charset=utf-8",
      "Content-Disposition": 'inline; filename="demo-sessions.ics"',
    },
  });
});

/** A proxy that compressed the answer may have made the tag a weak one. */
const isKnown = (given: string | null, tag: string): boolean =>
  given === "*" || Boolean(given?.split(",").some((each) => each.trim().replace(/^W\//, "") === tag));
