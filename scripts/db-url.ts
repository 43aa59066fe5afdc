import { loadEnvironment } from "./environment";
import { Fault, runCommand } from "./home/fault";

/** Prints the connection string and nothing else: `psql "$(npm run -s db:url)"`. */
await runCommand(async () => {
  const { home } = loadEnvironment();
  const url = process.env.DATABASE_URL;
  if (!url)
    throw new Fault(`The embedded Postgres in ${home} is not running: start it with npm start, or set DATABASE_URL.`);
  console.log(url);
});
