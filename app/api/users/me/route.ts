import { getDb } from "@/db/client";
import { getOwnLinks } from "@/db/queries/user-overview";
import { apiBare, apiRoute } from "@/lib/api";

/** Bare, as v1 has it. The old token fields say only whether WakaTime is connected. */
export const GET = apiRoute("signed-in", async ({ viewer }) => {
  const { studentId, connected } = await getOwnLinks(getDb(), viewer.id);
  return apiBare({
    id: viewer.id,
    email: viewer.email,
    name: viewer.name,
    role: viewer.role,
    disabled: false,
    wakatime_connected: connected,
    wakatime_access_token_encrypted: connected ? "connected" : null,
    student_id: studentId,
  });
});
