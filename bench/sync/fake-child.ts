import { startFakeWakatime } from "@/e2e/fakes/wakatime";

let now = new Date();
process.on("message", (message: { now: string }) => {
  now = new Date(message.now);
  process.send?.({ now: message.now });
});
const fake = await startFakeWakatime({ now: () => now });
process.send?.({ url: fake.url });
