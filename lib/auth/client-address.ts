import ipaddr from "ipaddr.js";

const UNKNOWN = "0.0.0.0";

/**
 * The address of whoever asks. `X-Forwarded-For` is believed only as far as `trustedProxies` (how many proxies in front
 * are ours, env TRUST_PROXY): each appends the address it saw, so the entry that many from the right is the client.
 * `socketAddress` is what our own server saw; a client cannot set it.
 */
export function clientAddress(
  forwardedFor: string | null,
  socketAddress: string | null,
  trustedProxies: number,
): string {
  const hops = (forwardedFor ?? "").split(",").map((hop) => hop.trim());
  const claimed = trustedProxies > 0 ? hops.at(-Math.min(trustedProxies, hops.length)) : undefined;
  return normalise(claimed) ?? normalise(socketAddress) ?? UNKNOWN;
}

/** Canonical form; IPv4 inside IPv6 is IPv4. */
function normalise(value: string | null | undefined): string | null {
  if (!value || !ipaddr.isValid(value)) return null;
  return ipaddr.process(value).toString();
}

/** What a limit counts as one place: an IPv4 address, or the /64 that one IPv6 customer holds. */
export function addressKey(address: string): string {
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  return `${(parsed as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(":")}::/64`;
}
