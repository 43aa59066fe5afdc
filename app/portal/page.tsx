import type { Metadata } from "next";
import Link from "next/link";
import { CodingYear } from "@/components/coding/coding-year";
import { freshnessOf } from "@/components/coding/freshness-words";
import { PageHeader } from "@/components/layout/page-header";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import { getDb } from "@/db/client";
import type { ConnectionStatus } from "@/db/enums";
import { getStudentOverview } from "@/db/queries/student-overview";
import { requireStudent } from "@/lib/auth/current";
import { LIVE_MS } from "@/lib/wakatime/today";
import { GoalsCard } from "./goals-card";
import { Heroes } from "./heroes";
import { NextDemoSession } from "./next-demo-session";
import { NextSteps } from "./next-steps";
import { Period } from "./period";
import { loadOverviewParams, overviewHref } from "./search-params";
import { stepsOf } from "./steps";
import { TodayLook } from "./today-look";
import { batchWords, todayKnownAt } from "./words";

export const metadata: Metadata = { title: "Overview" };

/** What the database has; WakaTime is asked once the page stands, so every part says how fresh it is. */
export default async function PortalPage({ searchParams }: PageProps<"/portal">) {
  const params = await loadOverviewParams(searchParams);
  const viewer = await requireStudent(overviewHref(params));
  const now = new Date();
  const overview = await getStudentOverview(getDb(), viewer.id, params.period, now);
  const { connection, batch, goals, nextSession, zone, heat, today } = overview;
  const freshness = freshnessOf(
    { ...(connection ?? { status: null, lastSyncedAt: null }), enrolmentStatus: batch?.status ?? null },
    now,
  );
  const steps = stepsOf(overview);
  // Without a link that works nothing arrives: that stands before numbers that are old or missing.
  const knownAt = todayKnownAt(overview);
  const looks = connection?.status === "active" && !viewer.viewedBy && (!knownAt || isOld(knownAt, now));
  const stepsFirst = connection?.status !== "active" || !overview.steps.hasData;
  return (
    <>
      <PageHeader title={viewer.name}>{batchWords(overview)}</PageHeader>
      {looks ? <TodayLook known={knownAt} /> : null}
      {stepsFirst ? <NextSteps steps={steps} className="mb-8" wide /> : null}
      <Heroes overview={overview} freshness={freshness} now={now} />
      <div className="mt-8 grid gap-8">
        <div className="grid auto-cols-fr gap-x-12 gap-y-8 lg:grid-flow-col">
          <GoalsCard goals={goals} freshness={`in ${zone} · ${freshness.label}`} />
          <NextDemoSession session={nextSession} canSignUp={overview.steps.canSignUp} zone={zone} />
          {stepsFirst ? null : <NextSteps steps={steps} />}
        </div>
        {overview.steps.hasData ? (
          <>
            <Period overview={overview} params={params} freshness={freshness.label} />
            <CodingYear {...heat} today={today} freshness={`in ${zone} · ${freshness.label}`} />
          </>
        ) : (
          <NoDataYet status={connection?.status ?? null} />
        )}
      </div>
    </>
  );
}

const isOld = (at: string, now: Date): boolean => now.getTime() - Date.parse(at) > LIVE_MS;

/** In the place of all charts, before the first day has come. */
function NoDataYet({ status }: { status: ConnectionStatus | null }) {
  return (
    <Panel title="Your coding">
      <Empty title="No coding time yet">
        {status === "active"
          ? "It appears here once the plugin in your editor has counted some. "
          : "Your languages, projects, editors and a map of your days stand here once WakaTime is connected. "}
        <Link href="/portal/wakatime" prefetch={false} className="reach underline underline-offset-2 hover:text-ink">
          {status === "active" ? "See your first hours arrive" : "Three steps to connect it"}
        </Link>
      </Empty>
    </Panel>
  );
}
