import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import { editedColumns, identity, instant } from "./columns";
import { connectionStatusEnum, enrolmentStatusEnum, roleEnum } from "./enums";

/** `columns`: ids in order; absent means the list's own. `view`: a query string; absent means the bare list. */
export type ListChoice = { columns?: string[]; view?: string };
export type ListChoices = Record<string, ListChoice>;

/** Never deleted, only anonymised. `email` is stored in lower case, which makes it unique whatever case is typed. */
export const user = pgTable(
  "user",
  {
    id: identity(),
    email: text().notNull(),
    pendingEmail: text(),
    name: text().notNull(),
    phone: text(),
    passwordHash: text(),
    role: roleEnum().notNull().default("user"),
    disabledAt: instant(),
    disabledReason: text(),
    timeZone: text(),
    /** When a link mailed to `email` was followed; null until then. */
    emailVerifiedAt: instant(),
    lastSignInAt: instant(),
    /** When the account is to be anonymised because its owner asked for it; null when nobody did. */
    deletionDueAt: instant(),
    /** When that was done; nothing of the person is left but numbers. */
    anonymisedAt: instant(),
    /** Of coding: kept from peers, and out of what is exported or printed. */
    hideProjectNames: boolean().notNull().default(false),
    /**
     * What lists filter by, brought here so that one index answers any mix of filters. All kept by triggers (migrations
     * 0010 and 0011), never written by us: the student row that points here, the enrolment that is shown from
     * `shownFrom` until `shownUntil` (outside of that it is looked up), and the state of the WakaTime link.
     */
    studentId: integer(),
    shownStatus: enrolmentStatusEnum(),
    shownBatchId: integer(),
    shownFrom: timestamp({ withTimezone: true, mode: "string" }),
    shownUntil: timestamp({ withTimezone: true, mode: "string" }),
    wakatimeStatus: connectionStatusEnum(),
    /** Of lists by name: the columns shown, and the view that opens first. */
    listChoices: jsonb().$type<ListChoices>().notNull().default({}),
    // Folded (lower case, no accents) name and e-mail; the line break keeps a match from spanning both.
    searchText: text().generatedAlwaysAs(sql`search_fold(name) || E'\n' || search_fold(email)`),
    ...editedColumns,
  },
  (t) => [
    uniqueIndex("idx_user_email").on(t.email),
    // Users list by role and filtered by it. All that lists are read by say whose account was deleted (migration 0016).
    index("idx_user_role").on(t.role, t.id),
    // Users and students in their default order, page by page from the index alone (with name, role and student).
    index("idx_user_name").on(sql`lower(name)`, t.id),
    // The same with all that they are filtered by: wider, so not read where nothing is asked (both: migration 0011).
    index("idx_user_filters").on(sql`lower(name)`, t.id),
    // The few students of a batch or a state.
    uniqueIndex("idx_user_student").on(t.studentId),
    // Recent students of the dashboard: newest five of a role.
    index("idx_user_role_created").on(t.role, t.createdAt, t.id),
    // Users list by joining and by last sign-in, never first.
    index("idx_user_created").on(t.createdAt, t.id),
    index("idx_user_signed_in").on(sql`coalesce(last_sign_in_at, '-infinity'::timestamptz)`, t.id),
    // Free-text search of three letters and more.
    index("idx_user_search").using("gin", sql`search_text gin_trgm_ops`),
    // Whose time of grace is over.
    index("idx_user_deletion_due").on(t.deletionDueAt).where(sql`deletion_due_at is not null`),
    check(
      "user_anonymised_disabled",
      sql`anonymised_at is null or (disabled_at is not null and deletion_due_at is null)`,
    ),
    check("user_email_lower", sql`email = lower(btrim(email)) and email like '_%@_%' and length(email) <= 254`),
    check("user_pending_email_lower", sql`pending_email = lower(btrim(pending_email))`),
    check("user_name_length", sql`name = btrim(name) and length(name) between 1 and 100`),
    check("user_time_zone_known", sql`is_time_zone(time_zone)`),
    check("user_disabled_reason", sql`disabled_reason is null or disabled_at is not null`),
  ],
);

export const userId = () => integer().references(() => user.id, { onDelete: "cascade" });
