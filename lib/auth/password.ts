import { hash, verify } from "@node-rs/argon2";

// OWASP's second profile for argon2id: 19 MiB, two passes, one lane (the package's default algorithm is argon2id).
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, PARAMETERS);

let decoy: Promise<string> | undefined;

/**
 * True when `password` belongs to `storedHash`. Without a hash (no such account, or one that has no password) it does
 * the same work against a decoy, so that the time says nothing.
 */
export async function passwordMatches(storedHash: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword(crypto.randomUUID());
  const matches = await verify(storedHash || (await decoy), password);
  return matches && Boolean(storedHash);
}
