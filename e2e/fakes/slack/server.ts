import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

/** A message that was taken. `channel` is null for one by webhook. */
export type SlackPost = { channel: string | null; text: string; blocks: unknown[] };

/** What goes wrong with the next call: an error word, or one of these ways of not answering. */
export type SlackFailure =
  | { word: string }
  | { status: number; retryAfter?: number }
  | "silent"
  | "reset"
  | "page"
  | "lost";

export type FakeSlack = {
  /** For SLACK_API_URL. */
  apiUrl: string;
  webhookUrl: string;
  token: string;
  posts: SlackPost[];
  /** Every call, taken or not: its path and who it said it was. */
  calls: { path: string; authorization: string | undefined }[];
  failures: SlackFailure[];
  /** Channels that the bot is in, without #. */
  channels: Set<string>;
  /** Who is in the workspace: address, in small letters, to Slack's id. */
  members: Map<string, string>;
  close: () => Promise<void>;
};

type Options = { port?: number; token?: string };

const LARGEST_BODY_BYTES = 100_000;

/** What Slack refuses as invalid_blocks: its published limits. */
const text = (most: number) =>
  z.union([
    z.object({ type: z.literal("plain_text"), text: z.string().min(1).max(most) }).strict(),
    z.object({ type: z.literal("mrkdwn"), text: z.string().min(1).max(most) }).strict(),
  ]);
const block = z.discriminatedUnion("type", [
  z
    .object({
      type: z.literal("header"),
      text: z.object({ type: z.literal("plain_text"), text: z.string().min(1).max(150) }),
    })
    .strict(),
  z.object({ type: z.literal("section"), text: text(3_000) }).strict(),
  z.object({ type: z.literal("context"), elements: z.array(text(3_000)).min(1).max(10) }).strict(),
  z.object({ type: z.literal("divider") }).strict(),
]);
export const messageSchema = z.object({
  text: z.string().min(1).max(40_000),
  blocks: z.array(block).max(50).default([]),
});

/** A Slack that speaks real HTTP: chat.postMessage and users.lookupByEmail for one bot, and one incoming webhook. */
export async function startFakeSlack({ port = 0, token = "xoxb-fake-bot-token" }: Options = {}): Promise<FakeSlack> {
  const posts: SlackPost[] = [];
  const calls: FakeSlack["calls"] = [];
  const failures: SlackFailure[] = [];
  const channels = new Set(["academy"]);
  const members = new Map<string, string>();
  const webhookPath = "/services/T0FAKE/B0FAKE/fakewebhooksecret";

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", "http://fake").pathname;
    const { authorization } = request.headers;
    calls.push({ path, authorization });
    const isLookup = path === "/api/users.lookupByEmail";
    const byBot = isLookup || path === "/api/chat.postMessage";
    /** The Web API says in a body of status 200 what went wrong, a webhook by status and one word. */
    const refuse = (word: string, status: number) =>
      byBot ? json(response, 200, { ok: false, error: word }) : plain(response, status, word);

    const failure = failures.shift();
    if (failure === "silent") return;
    if (failure === "reset") return void request.socket.resetAndDestroy();
    if (failure === "page") return void response.writeHead(302, { location: "https://slack.com/maintenance" }).end();
    if (typeof failure === "object" && "word" in failure) return refuse(failure.word, 403);
    if (typeof failure === "object") {
      if (failure.retryAfter !== undefined) response.setHeader("retry-after", String(failure.retryAfter));
      return failure.status === 429 && byBot
        ? json(response, 429, { ok: false, error: "ratelimited" })
        : plain(response, failure.status, "");
    }
    if (request.method !== "POST" || (!byBot && path !== webhookPath)) return plain(response, 404, "no_service");
    if (byBot && authorization !== `Bearer ${token}`) return refuse(authorization ? "invalid_auth" : "not_authed", 403);

    if (isLookup) {
      // JSON is not read: as with Slack, the argument is then missing.
      const email = new URLSearchParams(await readText(request)).get("email");
      const id = email && members.get(email.toLowerCase());
      return id
        ? json(response, 200, { ok: true, user: { id, deleted: false } })
        : refuse(email ? "users_not_found" : "invalid_arguments", 404);
    }
    const body = parseJson(await readText(request));
    const parsed = messageSchema.safeParse(body);
    if (!parsed.success) return refuse(byBot ? "invalid_blocks" : "invalid_payload", 400);
    const asked = z.object({ channel: z.string().min(1) }).safeParse(body);
    const isKnown = (channel: string) =>
      channels.has(channel.replace(/^#/, "")) || [...members.values()].includes(channel);
    if (byBot && !(asked.success && isKnown(asked.data.channel))) return refuse("channel_not_found", 404);
    posts.push({ channel: byBot && asked.success ? asked.data.channel : null, ...parsed.data });
    if (failure === "lost") return void request.socket.resetAndDestroy();
    return byBot
      ? json(response, 200, { ok: true, channel: "C0FAKE", ts: `${posts.length}.0` })
      : plain(response, 200, "ok");
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    apiUrl: `${url}/api`,
    webhookUrl: `${url}${webhookPath}`,
    token,
    posts,
    calls,
    failures,
    channels,
    members,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
}

function plain(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "content-type": "text/html" }).end(body);
}

async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST_BODY_BYTES) throw new Error("The body is too large.");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
