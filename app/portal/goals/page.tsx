import type { Metadata } from "next";
import { Freshness } from "@/components/coding/freshness";
import { freshnessOf } from "@/components/coding/freshness-words";
import { PageHeader } from "@/components/layout/page-header";
import { Definition } from "@/components/ui/definition";
import { getDb } from "@/db/client";
import { getPortalGoals } from "@/db/queries/portal-goals";
import { requireStudent } from "@/lib/auth/current";
import { Remedy } from "../remedy";
import { zoneWords } from "../words";
import { GoalList } from "./goal-list";
import { knownWords, leftWords, percentOf, windowWords } from "./goal-words";

export const metadata: Metadata = { title: "Goals" };

/** What a student means to reach in each day, week or month, and how far they are. */
export default async function PortalGoalsPage() {
  const viewer = await requireStudent("/portal/goals");
  const now = new Date();
  const found = await getPortalGoals(getDb(), viewer.id, now);
  const freshness = freshnessOf(found, now);
  return (
    <div className="max-w-2xl">
      <PageHeader title="Goals" />
      <div className="label mb-4">
        Dates of {zoneWords(found)}. <Freshness words={freshness} /> <Remedy state={freshness.state} />{" "}
        <Definition id="goal-progress" page="goals" of="the progress of a goal">
          {`The coding time that WakaTime gave for today, for this week from Monday to Sunday, or for this month, by the dates of ${zoneWords(found)}. A language or project counts on days whose details have arrived, and is found by its name, in capitals or not. A day without data adds nothing and is no zero; today still grows.`}
        </Definition>
      </div>
      <GoalList
        names={found.names}
        canChange={!viewer.viewedBy}
        goals={found.goals.map((goal) => ({
          id: goal.id,
          version: goal.version,
          period: goal.period,
          kind: goal.kind,
          name: goal.name,
          targetMs: goal.targetMs,
          doneMs: goal.doneMs,
          percent: percentOf(goal),
          window: windowWords(goal),
          left: leftWords(goal, found.today),
          known: knownWords(goal, found.today),
        }))}
      />
    </div>
  );
}
