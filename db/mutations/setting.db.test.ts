import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { getSettings, getStoredSlack } from "@/db/queries/settings";
import { auditEvent } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createUser } from "@/db/testing/factories";
import { openSlack, sealBot, sealWebhook } from "@/lib/notify/slack-secret";
import { addHoliday, deleteHoliday, editHoliday, importHolidays } from "./holiday";
import { changeSetting } from "./setting";

const db = testDb();
const admin = async (name: string) => {
  const { id } = await createUser(db, { role: "admin", name });
  return { type: "user", id, role: "admin" } as const;
};
const instructor = { type: "user", id: 1, role: "instructor" } as const;
const events = async (subjectType: string) =>
  (await db.select().from(auditEvent)).filter((event) => event.subjectType === subjectType);

describe("the academy's settings", () => {
  it("are changed by admins, one after the other; the second of two is told what the first saved", async () => {
    const [mia, theo] = [await admin("Mia"), await admin("Theo")];
    const { academyName } = await getSettings(db);
    expect(academyName).toEqual({ value: null, version: 0 });
    expect(await changeSetting(db, mia, "academy_name", "Heron", 0)).toEqual({ ok: true, data: undefined });
    expect(await changeSetting(db, theo, "academy_name", "Egret", 0)).toMatchObject({
      ok: false,
      code: "conflict",
      message: "Mia saved changes while you were editing.",
      current: { version: 1, by: "Mia", values: { academyName: "Heron" } },
    });
    expect((await getSettings(db)).academyName).toEqual({ value: "Heron", version: 1 });
    expect(await changeSetting(db, theo, "academy_name", "Egret", 1)).toMatchObject({ ok: true });
    expect((await getSettings(db)).academyName).toEqual({ value: "Egret", version: 2 });
    expect(await changeSetting(db, theo, "academy_name", "Egret", 2)).toMatchObject({ ok: true });
    expect(await changeSetting(db, instructor, "academy_name", "Mine", 2)).toMatchObject({ code: "forbidden" });
    expect((await events("setting")).map(({ before, after }) => [before, after])).toEqual([
      [{ value: null }, { value: "Heron" }],
      [{ value: "Heron" }, { value: "Egret" }],
    ]);
  });

  it("of any number who set one first at the same time, one does and the others are told", async () => {
    const who = await admin("Root");
    const zones = ["Europe/Lisbon", "America/Chicago", "Asia/Kathmandu", "UTC", "Africa/Lagos"];
    const results = await Promise.all(zones.map((zone) => changeSetting(db, who, "academy_time_zone", zone, 0)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter((each) => !each.ok && each.code === "conflict")).toHaveLength(4);
    expect((await getSettings(db)).timeZone).toEqual({ value: zones[results.findIndex(({ ok }) => ok)], version: 1 });
  });

  it("hold the rest days by number, tell them by name, and are Saturday and Sunday until somebody chooses", async () => {
    const [mia, theo] = [await admin("Mia"), await admin("Theo")];
    expect((await getSettings(db)).restDays).toEqual({ value: [6, 7], version: 0 });
    expect(await changeSetting(db, mia, "rest_days", [5], 0)).toMatchObject({ ok: true });
    expect(await changeSetting(db, theo, "rest_days", [6, 7], 0)).toMatchObject({
      code: "conflict",
      current: { version: 1, by: "Mia", values: { restDays: "Friday" } },
    });
    expect(await changeSetting(db, theo, "rest_days", [5], 1)).toMatchObject({ ok: true });
    // Nobody rests, which is not the same as nothing chosen.
    expect(await changeSetting(db, theo, "rest_days", [], 1)).toMatchObject({ ok: true });
    expect((await getSettings(db)).restDays).toEqual({ value: [], version: 2 });
    expect(await changeSetting(db, instructor, "rest_days", [1], 2)).toMatchObject({ code: "forbidden" });
    expect((await events("setting")).slice(-2).map(({ label, before, after }) => [label, before, after])).toEqual([
      ["Rest days", { value: null }, { value: "Friday" }],
      ["Rest days", { value: "Friday" }, { value: "none" }],
    ]);
  });

  it("keep the Slack address encrypted, and tell neither the page nor the log more than its host and end", async () => {
    const who = await admin("Root");
    const url = "https://hooks.slack.com/services/T1/B1/very-secret-part-Zz9y";
    expect(await changeSetting(db, who, "slack_webhook", sealWebhook(url), 0)).toMatchObject({ ok: true });
    expect((await getSettings(db)).slack).toEqual({
      value: { host: "hooks.slack.com", channel: null, ending: "Zz9y" },
      version: 1,
    });
    const stored = await getStoredSlack(db);
    expect(stored && openSlack(stored)).toEqual({ kind: "webhook", url });
    const [everything] = await db.execute<{ text: string }>(sql`
      select (select string_agg(s::text, ' ') from setting s) || (select string_agg(a::text, ' ') from audit_event a) as text`);
    expect(everything?.text).not.toContain("very-secret-part");
    const told = await changeSetting(db, who, "slack_webhook", sealWebhook(`${url}2`), 0);
    expect(told).toMatchObject({ code: "conflict", current: { values: {} } });

    const bot = sealBot("xoxb-very-secret-part-Yy8x", "#academy");
    expect(await changeSetting(db, who, "slack_webhook", bot, 1)).toMatchObject({ ok: true });
    expect((await getSettings(db)).slack.value).toEqual({ host: null, channel: "#academy", ending: "Yy8x" });
    expect((await events("setting")).at(-1)?.after).toEqual({ value: "bot, #academy …Yy8x" });
    expect(await changeSetting(db, who, "slack_webhook", sealWebhook(url), 2)).toMatchObject({ ok: true });

    expect(await changeSetting(db, who, "slack_webhook", null, 3)).toMatchObject({ ok: true });
    expect((await getSettings(db)).slack).toEqual({ value: null, version: 4 });
    expect(await getStoredSlack(db)).toBeNull();
    // A form from before the removal is an old one, though the row is as empty as at first.
    expect(await changeSetting(db, who, "slack_webhook", sealWebhook(url), 0)).toMatchObject({ code: "conflict" });
    expect((await events("setting")).slice(-2).map(({ action, before, after }) => [action, before, after])).toEqual([
      ["setting.change", { value: "bot, #academy …Yy8x" }, { value: "hooks.slack.com …Zz9y" }],
      ["setting.remove", { value: "hooks.slack.com …Zz9y" }, { value: null }],
    ]);
  });
});

describe("holidays", () => {
  it("are added, edited with a version, and deleted; a day has one", async () => {
    const [mia, theo] = [await admin("Mia"), await admin("Theo")];
    const added = await addHoliday(db, mia, { date: "2027-05-01", name: "Labour Day" });
    if (!added.ok) throw new Error(added.message);
    const { id } = added.data;
    expect(await addHoliday(db, mia, { date: "2027-05-01", name: "Again" })).toMatchObject({
      code: "conflict",
      fields: { date: expect.any(String) },
    });
    expect(await editHoliday(db, mia, id, { date: "2027-05-03", name: "Labour Day", version: 1 })).toMatchObject({
      ok: true,
    });
    expect(await editHoliday(db, theo, id, { date: "2027-05-02", name: "May Day", version: 1 })).toMatchObject({
      code: "conflict",
      current: { version: 2, by: "Mia", values: { date: "2027-05-03", name: "Labour Day" } },
    });
    expect(await deleteHoliday(db, instructor, id)).toMatchObject({ code: "forbidden" });
    expect(await deleteHoliday(db, theo, id)).toMatchObject({ ok: true });
    expect(await deleteHoliday(db, theo, id)).toMatchObject({ code: "not_found" });
    expect((await events("holiday")).map(({ action }) => action)).toEqual([
      "holiday.create",
      "holiday.edit",
      "holiday.delete",
    ]);
  });

  it("are imported by a list: looked at first, applied as a whole, and the second time nothing changes", async () => {
    const who = await admin("Root");
    await addHoliday(db, who, { date: "2028-12-25", name: "Xmas" });
    await addHoliday(db, who, { date: "2028-12-26", name: "Boxing Day" });
    const days = [
      { date: "2028-12-25", name: "Christmas Day" },
      { date: "2028-12-26", name: "Boxing Day" },
      { date: "2029-01-01", name: "New Year" },
    ];
    const verdicts = [
      { date: "2028-12-25", verdict: "changed", before: "Xmas" },
      { date: "2028-12-26", verdict: "same", before: "Boxing Day" },
      { date: "2029-01-01", verdict: "new", before: null },
    ];
    const names = async () =>
      (await getSettings(db)).holidays.filter(({ date }) => date > "2028").map(({ name }) => name);
    expect(await importHolidays(db, who, days, false)).toEqual({ ok: true, data: verdicts });
    expect(await names()).toEqual(["Xmas", "Boxing Day"]);
    expect(await importHolidays(db, who, days, true)).toEqual({ ok: true, data: verdicts });
    expect(await names()).toEqual(["Christmas Day", "Boxing Day", "New Year"]);
    const before = (await events("holiday")).length;
    const again = await importHolidays(db, who, days, true);
    expect(again.ok && again.data.map(({ verdict }) => verdict)).toEqual(["same", "same", "same"]);
    expect((await events("holiday")).length).toBe(before);
    expect(await importHolidays(db, instructor, days, true)).toMatchObject({ code: "forbidden" });
  });
});
