import type { ChildProcess } from "node:child_process";
import { askThrough, ownAnswers } from "@/lib/observability/instance";

/** The front gives up a little before the process that asked does. */
const FRONT_SHARE = 0.8;

type Message =
  | { cohort: "ask"; id: number; topic: string; timeoutMs: number }
  | { cohort: "answers"; id: number; values: unknown[] }
  | { cohort: "question"; id: number; topic: string }
  | { cohort: "answer"; id: number; values: unknown[] };

let lastId = 0;
const pending = new Map<number, (values: unknown[]) => void>();

const messageOf = (message: unknown): Message | undefined =>
  typeof message === "object" && message !== null && "cohort" in message ? (message as Message) : undefined;

/** Waits for the message that answers `id`; none in time counts as no answers. */
function reply(id: number, timeoutMs: number): Promise<unknown[]> {
  return new Promise((resolve) => {
    const done = (values: unknown[]) => {
      clearTimeout(timer);
      pending.delete(id);
      resolve(values);
    };
    const timer = setTimeout(() => done([]), timeoutMs);
    pending.set(id, done);
  });
}

const ownOrNone = (topic: string): Promise<unknown[]> => ownAnswers(topic).catch(() => []);

/** In a web process: questions go to the front, and those of others are answered. */
export function joinInstance(): void {
  if (!process.send) return;
  const send = (message: Message) => process.send?.(message, undefined, undefined, () => {});
  process.on("message", async (raw) => {
    const message = messageOf(raw);
    if (message?.cohort === "answers") pending.get(message.id)?.(message.values);
    if (message?.cohort === "question") {
      send({ cohort: "answer", id: message.id, values: await ownOrNone(message.topic) });
    }
  });
  askThrough((topic, timeoutMs) => {
    lastId += 1;
    const answered = reply(lastId, timeoutMs);
    send({ cohort: "ask", id: lastId, topic, timeoutMs: timeoutMs * FRONT_SHARE });
    return answered;
  });
}

/** In the front: a question of one process, or its own, goes to all of `processes`, those that are ready; their answers come back together. */
export function hostInstance(processes: () => Iterable<ChildProcess>): { listenTo: (child: ChildProcess) => void } {
  const send = (child: ChildProcess, message: Message) => child.connected && child.send(message, () => {});

  const askAll = async (topic: string, timeoutMs: number): Promise<unknown[]> => {
    const asked = [...processes()]
      .filter(({ connected }) => connected)
      .map((child) => {
        lastId += 1;
        const answered = reply(lastId, timeoutMs);
        send(child, { cohort: "question", id: lastId, topic });
        return answered;
      });
    return (await Promise.all([ownOrNone(topic), ...asked])).flat();
  };
  askThrough(askAll);

  return {
    listenTo(child) {
      child.on("message", async (raw) => {
        const message = messageOf(raw);
        if (message?.cohort === "answer") pending.get(message.id)?.(message.values);
        if (message?.cohort === "ask") {
          send(child, { cohort: "answers", id: message.id, values: await askAll(message.topic, message.timeoutMs) });
        }
      });
    },
  };
}
