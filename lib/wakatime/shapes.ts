import { z } from "zod";

// 25 hours: the longest local day there is. What exceeds it is no day.
const MAX_DAY_SECONDS = 90_000;
const MAX_ITEM_SECONDS = 2_000_000;

const item = z.object({
  name: z.string().nullish(),
  total_seconds: z.number().min(0).max(MAX_ITEM_SECONDS),
});
const machine = item.extend({ machine_name_id: z.string().nullish() });

/** Other servers and narrow scopes leave lists out, or send null: both mean "nothing here". */
const list = <Item extends z.ZodType>(of: Item) =>
  z
    .array(of)
    .nullish()
    .transform((value) => value ?? []);

const daySchema = z.object({
  grand_total: z.object({ total_seconds: z.number().min(0).max(MAX_DAY_SECONDS) }),
  categories: list(item),
  projects: list(item),
  languages: list(item),
  editors: list(item),
  operating_systems: list(item),
  dependencies: list(item),
  machines: list(machine),
  range: z.object({ date: z.string().nullish() }),
});

export const summariesSchema = z.object({ data: z.array(daySchema) });

/** `data.range.date` is empty and `cached_at` absent while WakaTime has not computed the day yet. */
export const statusBarSchema = z.object({ cached_at: z.string().nullish(), data: daySchema });

export const currentUserSchema = z
  .object({
    data: z.object({
      id: z.string(),
      timezone: z.string().nullish(),
      timeout: z.number().nullish(),
      writes_only: z.boolean().nullish(),
      plan: z.string().nullish(),
    }),
  })
  .transform((answer) => answer.data);

/** In a form-encoded answer every value is a string. */
export const tokenSchema = z
  .object({
    access_token: z.string().min(1),
    refresh_token: z.string().nullish(),
    uid: z.string().nullish(),
    scope: z.string().nullish(),
    expires_at: z.string().nullish(),
    expires_in: z.coerce.number().positive().nullish(),
  })
  .transform((answer) => ({
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token || undefined,
    uid: answer.uid || undefined,
    scopes: (answer.scope ?? "").split(/[\s,]+/).filter((scope) => scope !== ""),
    expiresAt: answer.expires_at || undefined,
    expiresInSeconds: answer.expires_in ?? undefined,
  }));

export type SummariesAnswer = z.infer<typeof summariesSchema>;
export type StatusBarAnswer = z.infer<typeof statusBarSchema>;
export type CurrentUser = z.infer<typeof currentUserSchema>;
export type TokenAnswer = z.infer<typeof tokenSchema>;
