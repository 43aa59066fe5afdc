import { z } from "zod";
import { env } from "@/lib/env";
import { SlackError, slackErrorOf } from "./slack-fault";
import type { SlackAccess } from "./slack-secret";

/** `text` is what a notification and a screen reader say; `blocks` are what is shown. */
export type SlackMessage = { text: string; blocks: Record<string, unknown>[] };

export type SlackPoster = {
  /** Whether batches' own channels are reached, and how the academy's is called; null where a webhook decides that. */
  academyChannel: string | null;
  /** Between two messages. */
  pauseMs: number;
  /** To the academy's channel with `channel` null, to a person by Slack's id of them. Throws SlackError. */
  post: (message: SlackMessage, channel: string | null) => Promise<void>;
  /** Slack's id of whoever has an address in the workspace, else a SlackError; null where a webhook knows nobody. */
  findMember: ((email: string) => Promise<string>) | null;
};

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Slack takes about one message a second in a channel; a stand-in takes any number. */
const PAUSE_MS = 1_000;
const pauseFor = (url: string): number => (LOOPBACK.test(new URL(url).hostname) ? 0 : PAUSE_MS);

const TIMEOUT_MS = 10_000;
const ANSWER_CHARS = 10_000;

/** Where messages may go: an https address, and one on this machine only where the API stands in there too. */
export function maySendTo(address: string, apiUrl = env().SLACK_API_URL): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, pathname } = new URL(address);
  if (username !== "" || pathname.length < 2) return false;
  if (LOOPBACK.test(hostname)) return LOOPBACK.test(new URL(apiUrl).hostname);
  return protocol === "https:";
}

type Answer = { status: number; text: string; retryAfter: string | null };

async function call(address: string, headers: Record<string, string>, body: object): Promise<Answer> {
  const asForm = body instanceof URLSearchParams;
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { ...(asForm ? {} : { "content-type": "application/json; charset=utf-8" }), ...headers },
      body: asForm ? body : JSON.stringify(body),
      // A message is for where it was sent, not for wherever that leads.
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = (await response.text()).slice(0, ANSWER_CHARS);
    return { status: response.status, text, retryAfter: response.headers.get("retry-after") };
  } catch {
    // Of the network's error nothing is kept: it may hold the address.
    throw new SlackError("unavailable");
  }
}

const answerSchema = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  user: z.object({ id: z.string().regex(/^[A-Z0-9]{2,20}$/), deleted: z.boolean().optional() }).optional(),
});

function readJson(text: string): z.infer<typeof answerSchema> | null {
  try {
    return answerSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

type Bot = Extract<SlackAccess, { kind: "bot" }>;

/** A method of the Web API: 200 whether it worked or not, and the body says which. */
async function callMethod({ token }: Bot, method: string, body: object) {
  const url = `${env().SLACK_API_URL.replace(/\/+$/, "")}/${method}`;
  if (!maySendTo(url)) throw new SlackError("misconfigured");
  const { status, text, retryAfter } = await call(url, { authorization: `Bearer ${token}` }, body);
  const answer = readJson(text);
  if (status === 200 && answer?.ok) return answer;
  throw slackErrorOf(status, answer?.error ?? null, retryAfter);
}

const botPoster = (bot: Bot): SlackPoster => ({
  academyChannel: bot.channel,
  pauseMs: pauseFor(env().SLACK_API_URL),
  async post(message, channel) {
    const body = { channel: channel ?? bot.channel, ...message, unfurl_links: false, unfurl_media: false };
    await callMethod(bot, "chat.postMessage", body);
  },
  // A form: this method takes no JSON, and the address is nobody's to read in a query string.
  async findMember(email) {
    const { user } = await callMethod(bot, "users.lookupByEmail", new URLSearchParams({ email }));
    if (!user) throw new SlackError("malformed", { status: 200 });
    if (user.deleted) throw new SlackError("no_person");
    return user.id;
  },
});

/** An incoming webhook: 200 and "ok", or a status with one word. */
const webhookPoster = ({ url }: Extract<SlackAccess, { kind: "webhook" }>): SlackPoster => ({
  academyChannel: null,
  findMember: null,
  pauseMs: pauseFor(url),
  async post(message) {
    if (!maySendTo(url)) throw new SlackError("misconfigured");
    const { status, text, retryAfter } = await call(url, {}, message);
    if (status === 200) return;
    throw slackErrorOf(status, text.trim().slice(0, 60), retryAfter);
  },
});

export const slackPoster = (access: SlackAccess): SlackPoster =>
  access.kind === "bot" ? botPoster(access) : webhookPoster(access);
