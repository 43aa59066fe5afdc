import { getDb } from "@/db/client";
import { apiBare, apiError, apiRoute } from "@/lib/api";
import { failure } from "@/lib/errors";
import { findList } from "../../../find-list";

/** The choices of one filter with how many rows each would leave: `?<the list's own query>`. */
export const GET = apiRoute("staff", async ({ request, params, viewer }) => {
  const { served, refused } = findList(params.list, viewer);
  if (refused) return refused;
  const name = params.filter ?? "";
  const filter = Object.hasOwn(served.list.filters, name) ? served.list.filters[name] : undefined;
  if (!filter) return apiError(failure("not_found", "There is no such filter."));
  const values = await served.list.load(new URL(request.url).searchParams);
  const counted = await served.counts(getDb(), name, values, viewer, new Date());
  return apiBare({
    options: counted.map(({ value, label, count }) => {
      const parsed = filter.parser.parse(value);
      return { value, label: parsed !== null && filter.words ? filter.words(parsed) : label, count };
    }),
  });
});
