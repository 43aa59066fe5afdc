import type { Viewer } from "@/db/queries/session";
import type { Actor } from "./permissions";

/** The signed-in person as whoever acts. */
export const actorOf = (viewer: Pick<Viewer, "id" | "role">): Actor => ({
  type: "user",
  id: viewer.id,
  role: viewer.role,
});
