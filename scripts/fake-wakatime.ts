import { startFakeWakatime } from "@/e2e/fakes/wakatime";
import { loadEnvironment } from "./environment";
import { Fault, runCommand } from "./home/fault";

const DEFAULT_PORT = 4010;

await runCommand(async () => {
  loadEnvironment();
  const port = Number(process.env.FAKE_WAKATIME_PORT || DEFAULT_PORT);
  const fake = await startFakeWakatime({ port }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    throw new Fault(`Port ${port} is taken: set FAKE_WAKATIME_PORT to a free one.`);
  });
  console.log(`The WakaTime stand-in is ready at ${fake.url}`);
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void fake.close());
});
