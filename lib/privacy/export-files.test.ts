import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import type { OwnData } from "@/db/queries/own-data";
import { exportJson, exportZip } from "./export-files";

const data: OwnData = {
  account: {
    name: '=HYPERLINK("https://evil.test")',
    email: "zoë@people.test",
    hides_project_names: true,
    phone: null,
  },
  enrolments: [],
  key_uses: [],
  assignments: [],
  demos: [{ title: "Ada’s, “first”", technologies: ["React", "Go"], date: "2026-11-06" }],
  demo_signups: [],
  certificates: [],
  goals: [],
  standing: [],
  wakatime: null,
  days: [
    { date: "2026-11-05", time_zone: "Asia/Kathmandu", total_ms: 5_400_000 },
    { date: "2026-11-06", time_zone: "Asia/Kathmandu", total_ms: 0 },
  ],
  day_details: [["2026-11-05", "project", "-secret", 5_400_000]],
  days_without_data: [],
  sign_ins: [],
  calendar_link: null,
  api_tokens: [],
  notification_choices: [],
  messages: [],
  activity: [],
};
const content = { academy: "Heron Code Academy", exportedAt: new Date("2026-11-23T21:00:00Z"), data };
const files = async () =>
  Object.fromEntries(
    Object.entries(unzipSync(await exportZip(content))).map(([name, bytes]) => [
      name,
      Buffer.from(bytes).toString("utf8"),
    ]),
  );

describe("one's own data as CSV files", () => {
  it("is one file for each kind that there is something of, and a readme that names all", async () => {
    const { "readme.txt": readme = "", ...rest } = await files();
    expect(Object.keys(rest).sort()).toEqual(["account.csv", "day_details.csv", "days.csv", "demos.csv"]);
    expect(readme).toContain("Your data at Heron Code Academy, as of 2026-11-23T21:00:00.000Z.");
    for (const kind of Object.keys(data)) expect(readme).toContain(`${kind}.csv: `);
    expect(readme).toMatch(/^goals\.csv: Your goals\. There is nothing of this kind\.\r$/m);
    expect(readme).toMatch(/^days\.csv: Coding time by day\.[^\r]*missing is not zero\.\r$/m);
  });

  it("is UTF-8 that a spreadsheet reads as it is, and calculates nothing of", async () => {
    const { "account.csv": account, "demos.csv": demos, "days.csv": days, "day_details.csv": details } = await files();
    expect(account).toBe(
      '\uFEFFname,email,hides_project_names,phone\r\n"\'=HYPERLINK(""https://evil.test"")",zoë@people.test,yes,\r\n',
    );
    expect(demos).toBe('\uFEFFtitle,technologies,date\r\n"Ada’s, “first”",React; Go,2026-11-06\r\n');
    expect(days).toBe(
      "\uFEFFdate,time_zone,total_ms,hours\r\n2026-11-05,Asia/Kathmandu,5400000,1.5\r\n2026-11-06,Asia/Kathmandu,0,0\r\n",
    );
    expect(details).toBe("\uFEFFdate,kind,name,ms,hours\r\n2026-11-05,project,'-secret,5400000,1.5\r\n");
  });
});

it("one's own data as JSON has everything in one file, by name", () => {
  const parsed = JSON.parse(exportJson(content));
  expect(parsed).toMatchObject({ academy: "Heron Code Academy", exported_at: "2026-11-23T21:00:00.000Z" });
  expect(parsed.account).toEqual(data.account);
  expect(parsed.day_details).toEqual([{ date: "2026-11-05", kind: "project", name: "-secret", ms: 5_400_000 }]);
  expect(Object.keys(parsed)).toEqual(expect.arrayContaining(Object.keys(data)));
});
