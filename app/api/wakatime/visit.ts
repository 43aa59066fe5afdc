import type { Viewer } from "@/db/queries/session";
import { toFailure } from "@/lib/action";
import { actorOf, getViewer } from "@/lib/auth/current";
import { landingFor } from "@/lib/auth/landing";
import { can } from "@/lib/auth/permissions";
import { connectionPage } from "@/lib/wakatime/connect-result";

const leadTo = (location: string) =>
  new Response(null, { status: 303, headers: { Location: location, "Cache-Control": "private, no-store" } });

/** A route that a student's browser walks through: whatever happens, the answer leads to a page, never to JSON. */
export const visit =
  (handle: (request: Request, viewer: Viewer) => Promise<string>) =>
  async (request: Request): Promise<Response> => {
    try {
      const viewer = await getViewer();
      if (!viewer) return leadTo(`/login?next=${encodeURIComponent(connectionPage())}`);
      if (!can(actorOf(viewer), "connection.change")) return leadTo(landingFor(viewer.role));
      // A GET that writes: whoever views as a student would link their own browser to that student.
      if (viewer.viewedBy) return leadTo(connectionPage());
      return leadTo(await handle(request, viewer));
    } catch (error) {
      toFailure(error);
      return leadTo(connectionPage("fault"));
    }
  };
