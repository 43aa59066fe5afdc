import { and, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { user, userToken } from "@/db/schema";
import type { LinkKind, NewLink } from "@/lib/notify/link-token";
import { writeNotices } from "./outbox";

const VALID_MINUTES: Record<LinkKind, number> = { reset: 60, verify: 48 * 60, invite: 7 * 24 * 60 };
const NOTICES = { reset: "password-reset", verify: "email-verification", invite: "invitation" } as const;

const isOpen = and(isNull(userToken.usedAt), gt(userToken.expiresAt, sql`now()`));

/** Links of these kinds that were mailed to a user stop working. */
export async function closeLinks(tx: Db, userId: number, kinds: LinkKind[]): Promise<void> {
  await tx
    .update(userToken)
    .set({ expiresAt: sql`now()` })
    .where(and(eq(userToken.userId, userId), inArray(userToken.kind, kinds), isOpen));
}

/**
 * Writes a link for `email` and the notice that will mail it; earlier ones of the kind stop working. Call it in a
 * transaction that holds the user's row, so that two at once do not leave two open.
 */
export async function mailLink(
  tx: Db,
  { userId, kind, email }: { userId: number; kind: LinkKind; email: string },
  link: NewLink,
): Promise<void> {
  await closeLinks(tx, userId, [kind]);
  await mailLinks(tx, kind, [{ userId, email, link }]);
}

/** The same for many who have none of the kind yet, in two statements. */
export async function mailLinks(
  tx: Db,
  kind: LinkKind,
  people: { userId: number; email: string; link: NewLink }[],
): Promise<void> {
  if (people.length === 0) return;
  const rows = people.map(({ userId, email, link }) => ({ userId, email, hash: link.tokenHash.toString("hex") }));
  const written: { id: number; hash: string }[] = await tx.execute<{ id: number; hash: string }>(sql`
    insert into user_token (user_id, kind, email, token_hash, expires_at)
    select "userId", ${kind}::user_token_kind, email, decode(hash, 'hex'), now() + make_interval(mins => ${VALID_MINUTES[kind]}::int)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as link("userId" int, email text, hash text)
    returning id, encode(token_hash, 'hex') as hash`);
  const ids = new Map(written.map(({ id, hash }) => [hash, id]));
  const notices = people.map(({ userId, link: { nonce, tokenHash } }) => {
    const id = ids.get(tokenHash.toString("hex"));
    if (id === undefined) throw new Error("inserting a link returned no row");
    return { userId, kind: NOTICES[kind], occasion: `link:${id}`, payload: { nonce } };
  });
  await writeNotices(tx, notices);
}

/**
 * Takes a link, once: whoever comes second at the same moment gets null, as for one that is unknown or expired, and as
 * a disabled person does. The user's row is locked first, as everywhere, so that no two wait for each other.
 */
export async function spendLink(tx: Db, kind: LinkKind, tokenHash: Buffer) {
  const mine = and(eq(userToken.tokenHash, tokenHash), eq(userToken.kind, kind), isOpen);
  const [link] = await tx.select({ userId: userToken.userId, email: userToken.email }).from(userToken).where(mine);
  const account = link && (await lockAccount(tx, link.userId));
  if (!link?.email || !account || account.disabledAt) return null;
  const [spent] = await tx.update(userToken).set({ usedAt: sql`now()` }).where(mine).returning({ id: userToken.id });
  return spent ? { account, email: link.email } : null;
}

/** Not FOR UPDATE: an audit event that refers to this row must not wait for us. */
export async function lockAccount(tx: Db, userId: number) {
  const [row] = await tx.select().from(user).where(eq(user.id, userId)).for("no key update");
  return row ?? null;
}
