export type { Failure, Failures } from "./failures";
export { type FakeWakatime, startFakeWakatime } from "./server";
