/** Names of the databases on the test server. */
export const TEMPLATE = "cohort_template";

/** The same server's address with another database name. */
export function databaseUrl(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

declare module "vitest" {
  interface ProvidedContext {
    /** Connection string of the test server's maintenance database. */
    testServerUrl: string;
  }
}
