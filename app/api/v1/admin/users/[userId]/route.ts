import { z } from "zod";
import { getDb } from "@/db/client";
import { getUserOverview } from "@/db/queries/user-overview";
import { apiData, apiError, apiRoute } from "@/lib/api";
import { toV1User } from "@/lib/api-v1";
import { failure } from "@/lib/errors";

const userId = z.coerce.number().int().min(1).max(2_147_483_647);

export const GET = apiRoute("staff", async ({ params, viewer }) => {
  const id = userId.safeParse(params.userId);
  if (!id.success)
    return apiError(failure("invalid", "A user id is a whole number.", { fields: { user_id: "integer" } }));
  const user = await getUserOverview(getDb(), id.data, viewer, new Date());
  return user ? apiData(toV1User(user)) : apiError(failure("not_found", "There is no such user."));
});
