import { describe, expect, it } from "vitest";
import { roles } from "@/db/enums";
import { preferenceRows } from "./preference-rows";

const groupsOf = (rows: ReturnType<typeof preferenceRows>) => rows.map(({ group }) => group);

describe("what a person can choose", () => {
  it("is what can concern them, and mail about the account for everybody, with the reason", () => {
    const rows = preferenceRows("student", { chosen: {}, hasBot: false });
    expect(groupsOf(rows)).toEqual(["reminders", "places", "wakatime", "account"]);
    expect(groupsOf(preferenceRows("admin", { chosen: {}, hasBot: false }))).toEqual(["warnings", "alarms", "account"]);
    for (const role of roles) {
      const account = preferenceRows(role, { chosen: { account: { mail: false, slack: false } }, hasBot: true }).at(-1);
      expect(account).toMatchObject({ group: "account", mail: true, slack: null, always: expect.stringMatching(/\w/) });
    }
  });

  it("is Slack only where a bot can write, though whoever has it can always leave it", () => {
    const chosen = { places: { mail: false, slack: true } };
    const slackOf = (hasBot: boolean) =>
      Object.fromEntries(preferenceRows("student", { chosen, hasBot }).map(({ group, slack }) => [group, slack]));
    expect(slackOf(false)).toEqual({ reminders: null, places: true, wakatime: null, account: null });
    expect(slackOf(true)).toEqual({ reminders: false, places: true, wakatime: false, account: null });
  });
});
