import postgres from "postgres";

const CONNECT_TIMEOUT_S = 10;
const OLDEST_VERSION = 150_000;

/** Null when the database answers and is new enough, else the one sentence that says what to do. Never the password. */
export async function explainConnection(url: string): Promise<string | null> {
  let place: string;
  try {
    const parsed = new URL(url);
    if (!/^postgres(ql)?:$/.test(parsed.protocol)) throw new Error("not postgres");
    place = `${parsed.host}${parsed.pathname}`;
  } catch {
    return "DATABASE_URL is not a Postgres address: write it as postgres://user:password@host:5432/name.";
  }
  let sql: postgres.Sql | undefined;
  try {
    sql = postgres(url, { max: 1, prepare: false, connect_timeout: CONNECT_TIMEOUT_S, onnotice: () => {} });
    const [row] = await sql`select current_setting('server_version_num')::int as version`;
    if ((row?.version as number) < OLDEST_VERSION)
      return `The Postgres at ${place} is too old: Cohort needs version 15 or newer.`;
    return null;
  } catch (error) {
    return sentence(error as Error & { code?: string }, place);
  } finally {
    await sql?.end({ timeout: 1 });
  }
}

function sentence(error: Error & { code?: string }, place: string): string {
  switch (error.code) {
    case "28P01":
    case "28000":
      return `The Postgres at ${place} refuses the user or password in DATABASE_URL: correct them.`;
    case "3D000":
      return `There is no database at ${place}: create it, or correct the name at the end of DATABASE_URL.`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `The host in DATABASE_URL (${place}) is not known: correct its name.`;
    case "ECONNREFUSED":
    case "CONNECT_TIMEOUT":
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return `No Postgres answers at ${place}: start it or correct DATABASE_URL; without DATABASE_URL Cohort brings its own.`;
    default:
      return `The database at ${place} cannot be used (${error.message || error.code}): check DATABASE_URL.`;
  }
}
