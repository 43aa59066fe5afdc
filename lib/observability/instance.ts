type Answer = () => unknown | Promise<unknown>;
type Asking = (topic: string, timeoutMs: number) => Promise<unknown[]>;

/** Longer than a busy process needs, shorter than an operator waits. */
const ANSWER_TIMEOUT_MS = 1_000;

// The server around Next and the code that Next compiled are two copies of this module: what they know is shared by name.
const key = Symbol.for("cohort.instance");
type Instance = { answers: Map<string, Answer>; ask?: Asking };
const shared = globalThis as { [key]?: Instance };
shared[key] ??= { answers: new Map() };
const instance = shared[key];

/** Says what this process answers when a process of its instance asks for `topic`: something that JSON can carry. */
export function answers(topic: string, fn: Answer): void {
  instance.answers.set(topic, fn);
}

/** This process's own answers: none or one. */
export async function ownAnswers(topic: string): Promise<unknown[]> {
  const answer = instance.answers.get(topic);
  return answer ? [await answer()] : [];
}

/**
 * The answers of all processes of this instance that have one, the front's included. A process that does not answer
 * within `timeoutMs` is left out. A process that runs alone hears its own.
 */
export async function askInstance<T>(topic: string, timeoutMs = ANSWER_TIMEOUT_MS): Promise<T[]> {
  const asked = await (instance.ask ? instance.ask(topic, timeoutMs) : ownAnswers(topic));
  return asked as T[];
}

/** How this process reaches the others; given by the server that started it. */
export function askThrough(ask: Asking): void {
  instance.ask = ask;
}
