/**
 * Which database an address means: host, port and name decide; user, password and options may differ and still mean the
 * same data. Throws where it is no address.
 */
export function databasePlace(address: string): string {
  const url = new URL(address);
  // A provider's pooled address differs from the direct one by this suffix only.
  const host = url.hostname.toLowerCase().replace(/-pooler(?=\.|$)/, "");
  return `${host}:${url.port || "5432"}${url.pathname}`;
}
