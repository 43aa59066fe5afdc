import { once } from "node:events";
import { launch } from "@/scripts/start/child";
import type { LoadAnswer, LoadOrder } from "./message";

export type Clients = { load: (order: LoadOrder) => Promise<LoadAnswer>; stop: () => void };

/** Starts the process that plays the clients. */
export async function startClients(): Promise<Clients> {
  const child = launch({ args: ["bench/load/child.ts"], env: { NODE_ENV: "production" } });
  await once(child, "message");
  let answered: (answer: LoadAnswer) => void = () => {};
  let ended: (error: Error) => void = () => {};
  child.on("message", (answer: LoadAnswer) => answered(answer));
  child.once("exit", (code) => ended(new Error(`The process of the clients ended early (${code}).`)));
  const load = (order: LoadOrder) =>
    new Promise<LoadAnswer>((resolve, reject) => {
      answered = resolve;
      ended = reject;
      child.send(order);
    });
  return { load, stop: () => void child.kill() };
}
