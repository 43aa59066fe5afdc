import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { Empty } from "@/components/ui/empty";
import { getDb } from "@/db/client";
import { getTodayPage, type TodayPage } from "@/db/queries/today-page";
import { STALE_AFTER_HOURS } from "@/lib/analytics/freshness";
import { requireStaff } from "@/lib/auth/current";
import { formatCount, formatDateWithWeekday } from "@/lib/format";
import { Attention } from "../attention";
import { FollowUps } from "./follow-ups";
import { NewStudents } from "./new-students";
import { Presenting } from "./presenting";
import { NoData, Quiet } from "./quiet";

export const metadata: Metadata = { title: "Today" };

const MOST_NAMED = 3;

/** Of whom this page speaks. */
function scopeWords({ scope, batches }: TodayPage): string {
  if (scope === "everybody") return "students of every running batch";
  if (batches.length === 0) return "none of your batches is running";
  return batches.length <= MOST_NAMED
    ? batches.map(({ name }) => name).join(", ")
    : `your ${formatCount(batches.length)} running batches`;
}

/** Where an instructor's day begins: who presents, who went quiet, what is due. */
export default async function TodayRoute() {
  const viewer = await requireStaff("/admin/today");
  const now = new Date();
  const day = await getTodayPage(getDb(), viewer, now, STALE_AFTER_HOURS);
  return (
    <>
      <PageHeader title={formatDateWithWeekday(day.today)}>{scopeWords(day)}</PageHeader>
      {day.scope === "none" ? (
        <Empty title="You teach no batch yet">
          An admin names the instructors of a batch; its students then appear here.
        </Empty>
      ) : null}
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2">
        <div className="grid content-start gap-8">
          <Presenting session={day.nextSession} viewerZone={viewer.timeZone} />
          <FollowUps due={day.followUps} today={day.today} />
        </div>
        <div className="grid content-start gap-8">
          <Attention attention={day.attention} mine={day.scope === "own"} />
          <Quiet quiet={day.quiet} />
          <NoData noData={day.noData} now={now} />
          <NewStudents newcomers={day.newStudents} />
        </div>
      </div>
    </>
  );
}
