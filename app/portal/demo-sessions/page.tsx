import type { Metadata } from "next";
import { getDb } from "@/db/client";
import { getPortalSessions, SESSIONS_SHOWN } from "@/db/queries/portal-sessions";
import { requireStudent } from "@/lib/auth/current";
import { sessionsShown } from "./sessions-shown";
import { SessionsView } from "./sessions-view";

export const metadata: Metadata = { title: "Demo sessions" };

const MOST_SHOWN = 600;

/** How many are asked for; anything that is no number is the usual. */
function shownOf(value: string | string[] | undefined): number {
  const asked = Math.trunc(Number(value));
  return asked > SESSIONS_SHOWN ? Math.min(asked, MOST_SHOWN) : SESSIONS_SHOWN;
}

/** The sessions to come, one's own places in them, and what became of the earlier ones. */
export default async function PortalDemoSessionsPage({ searchParams }: PageProps<"/portal/demo-sessions">) {
  const viewer = await requireStudent("/portal/demo-sessions");
  const now = new Date();
  const shown = shownOf((await searchParams).shown);
  const found = await getPortalSessions(getDb(), viewer.id, now, shown);
  return (
    <SessionsView
      {...sessionsShown(found, viewer, now)}
      moreHref={`/portal/demo-sessions?shown=${shown + SESSIONS_SHOWN}`}
    />
  );
}
