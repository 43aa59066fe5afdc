import type { Metadata } from "next";
import { getDb } from "@/db/client";
import { getStudentOverview } from "@/db/queries/student-overview";
import { requireStudent } from "@/lib/auth/current";
import { LIVE_MS } from "@/lib/wakatime/today";
import { overviewShown } from "./overview-shown";
import { OverviewView } from "./overview-view";
import { loadOverviewParams, overviewHref } from "./search-params";
import { TodayLook } from "./today-look";
import { todayKnownAt } from "./words";

export const metadata: Metadata = { title: "Overview" };

/** What the database has; WakaTime is asked once the page stands, so every part says how fresh it is. */
export default async function PortalPage({ searchParams }: PageProps<"/portal">) {
  const params = await loadOverviewParams(searchParams);
  const viewer = await requireStudent(overviewHref(params));
  const now = new Date();
  const overview = await getStudentOverview(getDb(), viewer.id, params.period, now);
  const knownAt = todayKnownAt(overview);
  const looks = overview.connection?.status === "active" && !viewer.viewedBy && (!knownAt || isOld(knownAt, now));
  return (
    <>
      <OverviewView name={viewer.name} overview={overviewShown(overview, params, now)} />
      {looks ? <TodayLook known={knownAt} /> : null}
    </>
  );
}

const isOld = (at: string, now: Date): boolean => now.getTime() - Date.parse(at) > LIVE_MS;
