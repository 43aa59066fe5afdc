import type { Db } from "@/db/client";
import { configuredSlack } from "./configured-slack";
import { SlackError } from "./slack-fault";

/** Whether the bot finds somebody; `unknown` when Slack could not say. */
export type Membership = "found" | "absent" | "unknown";

/** Asks Slack whether somebody with this address is in the academy's workspace. Never fails for want of Slack. */
export async function findInSlack(db: Db, email: string): Promise<Membership> {
  const slack = await configuredSlack(db);
  if (!slack || "reason" in slack || !slack.findMember) return "unknown";
  try {
    await slack.findMember(email);
    return "found";
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return error.kind === "no_person" ? "absent" : "unknown";
  }
}
