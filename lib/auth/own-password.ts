import type { Database } from "@/db/client";
import { getAccountByEmail } from "@/db/queries/account";
import { type Failure, failure } from "@/lib/errors";
import { forgiveOwnPassword, limitOwnPassword } from "./limits";
import { passwordMatches } from "./password";

const WRONG = "This is not your current password.";

/** Asks a signed-in person for their password again, before what an open browser alone must not do. Null when right. */
export async function refuseWrongPassword(
  db: Database,
  { id, email }: { id: number; email: string },
  password: string,
): Promise<Failure | null> {
  const limited = await limitOwnPassword(db, id);
  if (limited) return limited;
  const account = await getAccountByEmail(db, email);
  if (!(await passwordMatches(account?.passwordHash, password))) {
    return failure("invalid", WRONG, { fields: { currentPassword: WRONG } });
  }
  await forgiveOwnPassword(db, id);
  return null;
}
