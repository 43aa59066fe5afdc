import { z } from "zod";
import { getDb } from "@/db/client";
import { roles } from "@/db/enums";
import { apiError, apiRoute, apiShared, readQuery } from "@/lib/api";
import { readV1Users } from "@/lib/cache/reads";

const query = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  page_size: z.coerce.number().int().min(1).max(100).default(20),
  role: z.enum(roles).optional(),
  search: z.string().trim().max(100).default(""),
});

export const GET = apiRoute("staff", async ({ request, viewer }) => {
  const parsed = readQuery(request, query);
  if (!parsed.ok) return apiError(parsed);
  const { page, page_size, role, search } = parsed.data;
  const filters = { page, pageSize: page_size, role: role ?? null, q: search, batch: null };
  return apiShared(request, await readV1Users(getDb(), filters, { viewer, now: new Date() }));
});
