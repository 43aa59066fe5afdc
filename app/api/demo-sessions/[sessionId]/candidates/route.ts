import { z } from "zod";
import { getDb } from "@/db/client";
import { findSignupCandidates } from "@/db/queries/signup-candidates";
import { apiData, apiError, apiRoute, readQuery } from "@/lib/api";
import { textField } from "@/lib/form-fields";
import { parseAsId } from "@/lib/table-params";

const query = z.object({ q: textField(100).default("") });

/** Whom staff may sign up for a session, by a part of the name. */
export const GET = apiRoute("staff", async ({ request, params, viewer }) => {
  const asked = readQuery(request, query);
  if (!asked.ok) return apiError(asked);
  const id = parseAsId.parse(params.sessionId ?? "");
  return apiData({
    students: id ? await findSignupCandidates(getDb(), id, asked.data.q, viewer, new Date()) : [],
  });
});
