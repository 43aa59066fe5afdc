import { getDb } from "@/db/client";
import { apiRoute, apiShared } from "@/lib/api";
import { readV1Dashboard } from "@/lib/cache/reads";

export const GET = apiRoute("staff", async ({ request, viewer }) =>
  apiShared(request, await readV1Dashboard(getDb(), { viewer, now: new Date() })),
);
