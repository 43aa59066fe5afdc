import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FakeSlack, type SlackFailure, startFakeSlack } from "@/e2e/fakes/slack";
import { directFault } from "./direct-fault";
import { maySendTo, type SlackPoster, slackPoster } from "./slack-client";
import { SlackError, slackFault } from "./slack-fault";

const message = { text: "Hello", blocks: [{ type: "section", text: { type: "mrkdwn", text: "Hello" } }] };
let fake: FakeSlack;

beforeAll(async () => {
  fake = await startFakeSlack();
  process.env.SLACK_API_URL = fake.apiUrl;
});
beforeEach(() => {
  fake.posts.length = 0;
  fake.failures.length = 0;
});
afterAll(() => fake.close());

const bot = (token = fake.token) => slackPoster({ kind: "bot", token, channel: "#academy" });
const webhook = (url = fake.webhookUrl) => slackPoster({ kind: "webhook", url });
const faultOf = async (poster: SlackPoster, channel: string | null = null): Promise<SlackError> => {
  const error = await poster.post(message, channel).catch((thrown: unknown) => thrown);
  if (!(error instanceof SlackError)) throw new Error("It did not fail.");
  return error;
};

it("posts by a bot to the academy's channel or another one, by a webhook to its own", async () => {
  fake.channels.add("fall-2026");
  await bot().post(message, null);
  await bot().post(message, "#fall-2026");
  await webhook().post(message, null);
  expect(fake.posts.map(({ channel }) => channel)).toEqual(["#academy", "#fall-2026", null]);
  expect(fake.posts[0]).toMatchObject(message);
});

describe("finding a person", () => {
  it("asks by their address for Slack's id, to which a message can be posted", async () => {
    fake.members.set("ada+test@example.test", "U0ADA");
    const id = (await bot().findMember?.("ada+test@example.test")) ?? "";
    await bot().post(message, id);
    expect(fake.posts.map(({ channel }) => channel)).toEqual(["U0ADA"]);
    expect(webhook().findMember).toBeNull();
  });

  it("says that nobody has it, or that the bot may not look, without repeating the address", async () => {
    const stranger = bot().findMember?.("stranger@example.test");
    await expect(stranger).rejects.toMatchObject({ kind: "no_person", code: "users_not_found" });
    fake.failures.push({ word: "missing_scope" });
    const error = await bot()
      .findMember?.("stranger@example.test")
      .catch((thrown: unknown) => thrown);
    expect(directFault(error)).toContain("users:read.email");
    expect(`${error} ${directFault(error)}`).not.toContain("stranger");
  });
});

describe("what goes wrong is told by its kind", () => {
  it.each<[string, SlackFailure, string, RegExp]>([
    [
      "a token that was revoked",
      { word: "token_revoked" },
      "refused",
      /no longer accepts the bot's token \(token_revoked\)/,
    ],
    ["a channel without the bot", { word: "not_in_channel" }, "no_channel", /not in the channel #academy: invite it/],
    ["an archived channel", { word: "is_archived" }, "no_channel", /archived/],
    ["a scope that is missing", { word: "missing_scope" }, "not_allowed", /chat:write/],
    ["a policy", { word: "restricted_action" }, "not_allowed", /workspace does not let/],
    ["a fault of Slack's", { status: 503 }, "unavailable", /status 503/],
    ["a word that nobody knows", { word: "<secret>oops" }, "malformed", /answered unexpectedly/],
    ["a page", "page", "malformed", /status 302/],
    ["a broken line", "reset", "unavailable", /did not answer/],
  ])("%s", async (_, failure, kind, words) => {
    fake.failures.push(failure);
    const error = await faultOf(bot());
    expect(error.kind).toBe(kind);
    expect(slackFault(error, "#academy")).toMatch(words);
    expect(`${error.message} ${slackFault(error, "#academy")}`).not.toMatch(/secret|xoxb/);
    expect(fake.posts).toEqual([]);
  });

  it("a pause that Slack asks for, with its length, within reason", async () => {
    fake.failures.push({ status: 429, retryAfter: 7 }, { status: 429 }, { status: 429, retryAfter: 999_999 });
    expect(await faultOf(bot())).toMatchObject({ kind: "rate_limited", retryAfterSeconds: 7 });
    expect(await faultOf(webhook())).toMatchObject({ kind: "rate_limited", retryAfterSeconds: 30 });
    expect(await faultOf(bot())).toMatchObject({ kind: "rate_limited", retryAfterSeconds: 3_600 });
  });

  it("a wrong token, an unknown channel, a webhook that is gone, a message that is none", async () => {
    expect(await faultOf(bot("xoxb-wrong"))).toMatchObject({ kind: "refused", code: "invalid_auth" });
    expect(await faultOf(bot(), "#nowhere")).toMatchObject({ kind: "no_channel", code: "channel_not_found" });
    const gone = await faultOf(webhook(`${fake.webhookUrl}x`));
    expect(gone).toMatchObject({ kind: "refused", code: "no_service" });
    expect(slackFault(gone, null)).toBe(
      "Slack no longer accepts the webhook (no_service): replace it in the settings.",
    );
    const broken = { text: "", blocks: [] };
    await expect(bot().post(broken, null)).rejects.toMatchObject({ kind: "malformed" });
  });
});

describe("where messages may go", () => {
  it("is https, and this machine only where the API stands in there too", async () => {
    const slack = "https://slack.com/api";
    expect(maySendTo("https://hooks.slack.com/services/T/B/x", slack)).toBe(true);
    for (const address of [
      "http://hooks.slack.com/services/T/B/x",
      "https://user:pass@hooks.slack.com/x",
      "https://hooks.slack.com/",
      "https://localhost/x",
      "http://127.0.0.1:4010/x",
      "file:///etc/passwd",
      "nonsense",
    ]) {
      expect(maySendTo(address, slack), address).toBe(false);
    }
    expect(maySendTo("http://127.0.0.1:4010/x", "http://127.0.0.1:4011/api")).toBe(true);
    expect(await faultOf(webhook("http://slack.example/x"))).toMatchObject({ kind: "misconfigured" });
  });
});
