import { apiData, apiRoute } from "@/lib/api";
import { endSession } from "@/lib/auth/sign-in";

/** Needs no body and no session: whoever asks is signed out afterwards. */
export const POST = apiRoute("public", async () => {
  await endSession();
  return apiData(null, "Signed out.");
});
