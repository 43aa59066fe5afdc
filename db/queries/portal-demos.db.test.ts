import { expect, it } from "vitest";
import { demo, demoSignup } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createDemoSession, createStudent } from "@/db/testing/factories";
import { getPortalDemos } from "./portal-demos";

const NOW = new Date("2026-06-12T21:00:00Z");

it("shows a student's own demos, undated and latest first, each with the sign-ups that were not withdrawn", async () => {
  const [me, other] = [
    await createStudent(testDb(), { timeZone: "Pacific/Kiritimati" }),
    await createStudent(testDb()),
  ];
  expect(await getPortalDemos(testDb(), me.id, NOW)).toEqual({
    today: "2026-06-13",
    zone: "Pacific/Kiritimati",
    demos: [],
  });
  const demos = await testDb()
    .insert(demo)
    .values([
      { studentId: me.studentId, title: "Older", demoDate: "2026-03-29" },
      { studentId: me.studentId, title: "Undated", technologies: ["go", "C#"] },
      { studentId: me.studentId, title: "Newer", demoDate: "2026-06-12", githubUrl: "https://example.org/x" },
      { studentId: other.studentId, title: "Another's", demoDate: "2026-06-12" },
    ])
    .returning();
  const [older, , newer] = demos.map(({ id }) => id);
  // 15:00 in Chicago is 20:00 UTC: it has begun at 21:00, and the next one has not.
  const begun = await createDemoSession(testDb(), { sessionDate: "2026-06-12" });
  const next = await createDemoSession(testDb(), { sessionDate: "2026-06-19", title: "Summer demos" });
  const off = await createDemoSession(testDb(), { sessionDate: "2026-06-26" });
  await testDb()
    .insert(demoSignup)
    .values([
      { sessionId: begun.id, studentId: me.studentId, demoId: newer, status: "presented", rating: 4 },
      { sessionId: next.id, studentId: me.studentId, demoId: newer, status: "waitlisted" },
      { sessionId: off.id, studentId: me.studentId, demoId: older, status: "cancelled" },
    ]);
  const found = await getPortalDemos(testDb(), me.id, NOW);
  expect(found.demos.map(({ title, demoDate }) => [title, demoDate])).toEqual([
    ["Undated", null],
    ["Newer", "2026-06-12"],
    ["Older", "2026-03-29"],
  ]);
  expect(found.demos[0]).toMatchObject({ technologies: ["go", "C#"], version: 1, places: [] });
  expect(found.demos[1]?.places).toMatchObject([
    { status: "waitlisted", sessionDate: "2026-06-19", sessionTitle: "Summer demos", hasBegun: false, rating: null },
    { status: "presented", sessionDate: "2026-06-12", hasBegun: true, rating: 4, isCancelled: false },
  ]);
  expect(found.demos[2]?.places).toEqual([]);
});
