import { sql } from "drizzle-orm";
import { check, index, inet, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { bytea, createdAt, identity, instant } from "./columns";
import { userTokenKindEnum } from "./enums";
import { user, userId } from "./user";

/** The signed cookie holds a random id; only its SHA-256 is stored. This row decides whether the id still counts. */
export const session = pgTable(
  "session",
  {
    id: identity(),
    tokenHash: bytea().notNull(),
    userId: userId().notNull(),
    device: text(),
    ip: inet(),
    lastSeenAt: instant().notNull().defaultNow(),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
    /** An admin looks at the product as this student would see it, until then, and may change nothing. */
    viewingAs: integer().references(() => user.id, { onDelete: "set null" }),
    viewingUntil: instant(),
    ...createdAt,
  },
  (t) => [
    // The gate of every request.
    uniqueIndex("idx_session_token_hash").on(t.tokenHash),
    index("idx_session_user").on(t.userId),
    check("session_absolute_maximum", sql`expires_at <= created_at + interval '30 days 1 minute'`),
  ],
);

export const userToken = pgTable(
  "user_token",
  {
    id: identity(),
    userId: userId().notNull(),
    kind: userTokenKindEnum().notNull(),
    // The address that a verify link proves.
    email: text(),
    tokenHash: bytea().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    ...createdAt,
  },
  (t) => [
    uniqueIndex("idx_user_token_hash").on(t.tokenHash),
    index("idx_user_token_user").on(t.userId, t.kind),
    // The newest invitations that nobody has taken up.
    index("idx_user_token_open_invite").on(t.id).where(sql`kind = 'invite' and used_at is null`),
  ],
);

export const oauthState = pgTable(
  "oauth_state",
  {
    id: identity(),
    stateHash: bytea().notNull(),
    userId: userId().notNull(),
    sessionId: integer()
      .notNull()
      .references(() => session.id, { onDelete: "cascade" }),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    ...createdAt,
  },
  (t) => [uniqueIndex("idx_oauth_state_hash").on(t.stateHash), index("idx_oauth_state_user").on(t.userId)],
);

export const apiToken = pgTable(
  "api_token",
  {
    id: identity(),
    userId: userId().notNull(),
    name: text().notNull(),
    tokenHash: bytea().notNull(),
    scopes: text().array().notNull(),
    lastUsedAt: instant(),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
    ...createdAt,
  },
  (t) => [uniqueIndex("idx_api_token_hash").on(t.tokenHash), index("idx_api_token_user").on(t.userId)],
);

/** Columns as rate-limiter-flexible expects them; one row per limited key, swept by the library. */
export const rateLimit = pgTable(
  "rate_limit",
  {
    key: text().primaryKey(),
    points: integer().notNull(),
    expire: instant(),
    ...createdAt,
  },
  (t) => [index("idx_rate_limit_expire").on(t.expire)],
);

/** One row per setting of the academy; the value's shape belongs to its key. */
export const setting = pgTable("setting", {
  key: text().primaryKey(),
  value: jsonb().notNull(),
  ...createdAt,
  updatedAt: instant()
    .notNull()
    .defaultNow()
    .$onUpdate(() => new Date()),
  version: integer().notNull().default(1),
});
