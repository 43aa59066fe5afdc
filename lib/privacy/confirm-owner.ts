import type { Database } from "@/db/client";
import { getOwnerProof } from "@/db/queries/account-deletion";
import { refuseWrongPassword } from "@/lib/auth/own-password";
import { type Failure, failure } from "@/lib/errors";

type Typed = { currentPassword: string; email: string };

/**
 * Makes sure that it is the owner of the account who asks, and that they mean it: by the password, or by the address typed
 * out where there is no password. Null when it is.
 */
export async function refuseWrongOwner(
  db: Database,
  viewer: { id: number; email: string },
  { currentPassword, email }: Typed,
): Promise<Failure | null> {
  const account = await getOwnerProof(db, viewer.id);
  if (account?.hasPassword) return refuseWrongPassword(db, viewer, currentPassword);
  if (account && email.trim().toLowerCase() === account.email) return null;
  const wrong = "This is not the address of your account.";
  return failure("invalid", wrong, { fields: { email: wrong } });
}
