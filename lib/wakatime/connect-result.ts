import { type Failure, failure } from "@/lib/errors";

type Told = { tone: "good" | "warn" | "bad"; title: string; text: string; code?: Failure["code"] };

/**
 * How joining, connecting or disconnecting ended: the only words that may stand in the address of the page, and what it
 * says to each. `code` is what the JSON route answers; words without one are no failures.
 */
export const connectResults = {
  connected: {
    tone: "good",
    title: "WakaTime is connected",
    text: "Below you see your hours arrive.",
  },
  reconnected: {
    tone: "good",
    title: "WakaTime is connected again",
    text: "Below you see the hours since the last sync arrive: from up to a year back, as far as your WakaTime plan gives them.",
  },
  "another-account": {
    tone: "warn",
    title: "Another WakaTime account is connected now",
    text: "The last 14 days are read from this account from now on; everything older stays as the former account told it. Was this a mistake? Disconnect, sign out at WakaTime, and connect the right one.",
  },
  "connected-later": {
    tone: "good",
    title: "WakaTime is connected",
    text: "Your hours could not be asked for just now. Those of the last 14 days come with the next nightly sync; if older ones are missing then, your academy can have them fetched.",
  },
  declined: {
    tone: "warn",
    title: "Nothing was connected",
    text: "You said no at WakaTime. That is fine; connect whenever you like.",
    code: "forbidden",
  },
  "bad-state": {
    tone: "bad",
    title: "Nothing was connected",
    text: "This attempt had expired, was used before, or began in another window or sign-in. Start again from here.",
    code: "invalid",
  },
  "not-exchanged": {
    tone: "bad",
    title: "Nothing was connected",
    text: "WakaTime did not confirm the connection. Please try again; if it stays, tell your academy.",
    code: "invalid",
  },
  unavailable: {
    tone: "bad",
    title: "Nothing was connected",
    text: "WakaTime does not answer at the moment. Please try again in a few minutes.",
    code: "unavailable",
  },
  "scope-missing": {
    tone: "bad",
    title: "Nothing was connected",
    text: "WakaTime did not let us read your daily summaries, which is all that is asked for. Connect again and leave that permission ticked.",
    code: "forbidden",
  },
  "account-taken": {
    tone: "bad",
    title: "Nothing was connected",
    text: "This WakaTime account belongs to another student here. Sign out at WakaTime, sign in with your own account, and connect again. If it is your own, tell your academy.",
    code: "conflict",
  },
  off: {
    tone: "warn",
    title: "Connecting is off",
    text: "Nothing was connected; the reason stands below.",
    code: "unavailable",
  },
  fault: {
    tone: "bad",
    title: "Something went wrong on our side",
    text: "Please try again; if it stays, tell your academy when it happened.",
    code: "unexpected",
  },
  joined: {
    tone: "good",
    title: "You have joined your batch",
    text: "These three steps bring your coding hours here. You may as well do them later: the overview leads back to this page.",
  },
  disconnected: {
    tone: "good",
    title: "WakaTime is disconnected",
    text: "WakaTime was told, and the access is gone. The hours you have stay here.",
  },
  "disconnected-deleted": {
    tone: "good",
    title: "WakaTime is disconnected",
    text: "WakaTime was told, the access is gone, and your hours are deleted.",
  },
  "disconnected-untold": {
    tone: "warn",
    title: "WakaTime is disconnected here",
    text: "WakaTime could not be told. Nothing is fetched any more; to take the access back there too, remove this academy under wakatime.com/settings/apps. The hours you have stay here.",
  },
  "disconnected-untold-deleted": {
    tone: "warn",
    title: "WakaTime is disconnected here",
    text: "Your hours are deleted and nothing is fetched any more, but WakaTime could not be told. To take the access back there too, remove this academy under wakatime.com/settings/apps.",
  },
} as const satisfies Record<string, Told>;

export type ConnectResult = keyof typeof connectResults;

/** What the page says to the word in its address; null for anything that is none of ours. */
export const toldOf = (word: unknown): Told | null =>
  typeof word === "string" && Object.hasOwn(connectResults, word) ? connectResults[word as ConnectResult] : null;

/** The same for JSON: a failure, or null when the word tells of a success. */
export function failureOf(result: ConnectResult): Failure | null {
  const { code, text }: Told = connectResults[result];
  return code ? failure(code, text) : null;
}

/** The page of the link, with the word of how it went; nothing else ever goes into that address. */
export const connectionPage = (result?: ConnectResult): string =>
  result ? `/portal/wakatime?result=${result}` : "/portal/wakatime";
