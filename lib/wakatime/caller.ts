import type { LeasedConnection } from "@/db/mutations/connection-lease";
import { renewLease } from "@/db/mutations/connection-lease";
import { LeaseLostError, RefreshRefusedError, WakatimeError } from "./errors";
import { refreshConnection } from "./refresh";
import { LEASE_SECONDS, type SyncOptions } from "./sync-options";
import { decryptToken, tokenAad } from "./token-crypto";

/** Calls WakaTime with one user's access token, renewed when it has to be. */
export type Caller = {
  call: <T>(send: (accessToken: string) => Promise<T>) => Promise<T>;
  /** Whether the token was renewed; null when nobody asked for it. */
  renewed: () => boolean | null;
  /** WakaTime refused to renew the token, though the old one still worked. */
  refusal: () => RefreshRefusedError | undefined;
};

/**
 * The token is renewed beforehand when it ends within a day, or once after WakaTime refused it. While it lives it
 * bridges a renewal that failed: of a process that died before it could save the answer, too.
 */
export function createCaller(options: SyncOptions, stored: LeasedConnection, leaseOwner: string): Caller {
  const { db, client, keys, userId, urgency, now } = options;
  let accessToken: string | undefined;
  let renewed: boolean | null = null;
  let failure: unknown;

  const decrypt = (ciphertext: string, token: "access" | "refresh") =>
    decryptToken({ keyId: stored.keyId, ciphertext }, keys, tokenAad(userId, token));

  async function renew(): Promise<string> {
    // Only whoever holds the lease, and for longer than the answer can take, may spend the refresh token.
    const held = await renewLease(db, { userId, owner: leaseOwner, leaseSeconds: LEASE_SECONDS });
    if (!held) throw new LeaseLostError();
    renewed = false;
    const refreshToken = decrypt(stored.refreshTokenEncrypted, "refresh");
    const token = await refreshConnection({ db, client, keys, userId, leaseOwner, refreshToken, urgency, now: now() });
    renewed = true;
    return token;
  }

  async function firstToken(): Promise<string> {
    const stillGood = decrypt(stored.accessTokenEncrypted, "access");
    if (!stored.refreshDue) return stillGood;
    try {
      return await renew();
    } catch (error) {
      const bridged = error instanceof RefreshRefusedError || error instanceof WakatimeError;
      if (!bridged || stored.accessEnded) throw error;
      failure = error;
      return stillGood;
    }
  }

  return {
    renewed: () => renewed,
    refusal: () => (failure instanceof RefreshRefusedError ? failure : undefined),
    async call(send) {
      accessToken ??= await firstToken();
      try {
        return await send(accessToken);
      } catch (error) {
        if (!(error instanceof WakatimeError) || error.kind !== "expired") throw error;
        if (failure) throw failure;
        if (renewed) throw error;
        accessToken = await renew();
        return send(accessToken);
      }
    },
  };
}
