"use client";

import Link from "next/link";
import { CodingYear } from "@/components/coding/coding-year";
import { PageHeader } from "@/components/layout/page-header";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import type { ConnectionStatus } from "@/db/enums";
import { GoalsCard } from "./goals-card";
import { Heroes } from "./heroes";
import { NextDemoSession } from "./next-demo-session";
import { NextSteps } from "./next-steps";
import type { OverviewShown } from "./overview-shown";
import { Period } from "./period";

type Props = { name: string; overview: OverviewShown };

/** The overview from its numbers. A client component for the sake of the payload (decision 035). */
export function OverviewView({ name, overview }: Props) {
  const { connection, steps, hasData, zone, freshness } = overview;
  // Without a link that works nothing arrives: that stands before numbers that are old or missing.
  const stepsFirst = connection !== "active" || !hasData;
  const known = `in ${zone} · ${freshness.label}`;
  return (
    <>
      <PageHeader title={name}>{overview.batch}</PageHeader>
      {stepsFirst ? <NextSteps steps={steps} className="mb-8" wide /> : null}
      <Heroes overview={overview} />
      <div className="mt-8 grid gap-8">
        <div className="grid auto-cols-fr gap-x-12 gap-y-8 lg:grid-flow-col">
          <GoalsCard goals={overview.goals} freshness={known} />
          <NextDemoSession session={overview.nextSession} canSignUp={overview.canSignUp} />
          {stepsFirst ? null : <NextSteps steps={steps} />}
        </div>
        {hasData ? (
          <>
            <Period overview={overview} />
            <CodingYear grid={overview.grid} weeks={overview.weeks} today={overview.today} freshness={known} />
          </>
        ) : (
          <NoDataYet status={connection} />
        )}
      </div>
    </>
  );
}

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
