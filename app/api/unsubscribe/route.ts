import { getDb } from "@/db/client";
import { changePreferenceByLink } from "@/db/mutations/notification-preference";
import { toFailure } from "@/lib/action";
import { apiError, apiRoute } from "@/lib/api";
import { failure } from "@/lib/errors";
import { readUnsubscribeToken } from "@/lib/notify/unsubscribe-link";

const tokenOf = (request: Request) => new URL(request.url).searchParams.get("token") ?? "";

/** People who open the address of a mail's header come to the page with the button; opening it changes nothing. */
export const GET = apiRoute("public", async ({ request }) => {
  const location = `/unsubscribe?token=${encodeURIComponent(tokenOf(request))}`;
  return new Response(null, { status: 303, headers: { Location: location, "Cache-Control": "private, no-store" } });
});

/**
 * The one step of mail programs (RFC 8058). Nobody's cookie counts here, only the signature in the address: so it may
 * come from any site, as a mailbox in a browser does.
 */
export async function POST(request: Request): Promise<Response> {
  try {
    const about = readUnsubscribeToken(tokenOf(request));
    if (!about) return apiError(failure("invalid", "This link was not made here."));
    const result = await changePreferenceByLink(getDb(), about, false);
    return result.ok ? new Response(null, { status: 204 }) : apiError(result);
  } catch (error) {
    return apiError(toFailure(error));
  }
}
