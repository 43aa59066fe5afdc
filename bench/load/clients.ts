import { once } from "node:events";
import { launch } from "@/scripts/start/child";
import type { LoadAnswer, LoadOrder } from "./message";

export type Clients = { load: (order: LoadOrder) => Promise<LoadAnswer>; stop: () => void };

/** Starts the process that plays the clients. */
export async function startClients(): Promise<Clients> {
  const child = launch({ args: ["bench/load/child.ts"], env: { NODE_ENV: "production" } });
  let over: Error | undefined;
  const gone = once(child, "exit").then(([code]) => {
    over = new Error(`The process of the clients ended early (${code}).`);
    throw over;
  });
  // Whoever waits for an answer hears of it; the end that was asked for is nobody's fault.
  gone.catch(() => {});
  await Promise.race([once(child, "message"), gone]);
  let answered: (answer: LoadAnswer) => void = () => {};
  child.on("message", (answer: LoadAnswer) => answered(answer));
  const load = async (order: LoadOrder) => {
    if (over) throw over;
    const answer = new Promise<LoadAnswer>((resolve) => {
      answered = resolve;
    });
    child.send(order);
    return Promise.race([answer, gone]);
  };
  return { load, stop: () => void child.kill() };
}
