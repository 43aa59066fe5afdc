import { join } from "node:path";
import { freePort } from "@/scripts/home/processes";
import { WEB_MEMORY } from "@/scripts/server/web-processes";
import type { Academy } from "./academy";
import { type Running, startServer } from "./process";

/** A bare node:http handler that sends the same statements, in as many processes as the product. */
export async function startBare({ home, databaseUrl, people }: Academy): Promise<Running> {
  const port = await freePort();
  return startServer({
    // Its processes inherit what the product's run with.
    args: [...WEB_MEMORY, "bench/yardstick/main.ts"],
    env: {
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      ADMIN_ID: String(people.admin.id),
      PORT: String(port),
    },
    url: `http://127.0.0.1:${port}`,
    ready: "/dashboard",
    log: join(home, "logs", "yardstick.log"),
  });
}
