import { apiData, apiError, apiRoute, readBody } from "@/lib/api";
import { signInSchema } from "@/lib/auth/credentials";
import { signInWithPassword } from "@/lib/auth/sign-in";

export const POST = apiRoute("public", async ({ request }) => {
  const body = await readBody(request, signInSchema);
  if (!body.ok) return apiError(body);
  const result = await signInWithPassword(body.data.email, body.data.password);
  return result.ok ? apiData({ user: result.data }, "Signed in.") : apiError(result);
});
