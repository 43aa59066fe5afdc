import clsx from "clsx";
import Link from "next/link";
import { AsOf } from "@/components/coding/as-of";
import { Leaving } from "@/components/layout/nav-links";
import { PageHeader } from "@/components/layout/page-header";
import { buttonClass } from "@/components/ui/button";
import { ChoiceLinks } from "@/components/ui/choice-links";
import { Definition } from "@/components/ui/definition";
import { analyticsPeriods } from "@/db/enums";
import { daysWords } from "@/lib/lists/analytics-days";
import { type AnalyticsView, frameOf } from "@/lib/lists/analytics-load";
import {
  ANALYTICS_TABS,
  type AnalyticsParams,
  analyticsHref,
  analyticsPrintHref,
  otherTab,
  WHOLE_LIST,
} from "@/lib/lists/analytics-params";
import { isTrend } from "@/lib/lists/analytics-tables-lists";
import { BatchChoice } from "./batch-choice";
import { periodLabel, spanWords, studentsWords, TAB_LABELS } from "./words";

/** The tabs, and the way to paper. */
export function Head({ params }: { params: AnalyticsParams }) {
  return (
    <>
      <PageHeader title="Analytics">
        <Link href={analyticsPrintHref(params)} className={buttonClass({ small: true })}>
          Print
        </Link>
      </PageHeader>
      <nav aria-label="Parts of analytics" className="mb-4 flex flex-wrap gap-x-5 border-b">
        {ANALYTICS_TABS.map((tab) => (
          <Link
            key={tab}
            href={analyticsHref(otherTab(params, tab))}
            scroll={false}
            aria-current={tab === params.tab ? "page" : undefined}
            className={clsx(
              "tap -mb-px inline-flex items-center border-b-2 py-2 text-sm font-medium",
              tab === params.tab ? "border-accent" : "border-transparent text-muted hover:text-ink",
            )}
          >
            {TAB_LABELS[tab]}
            <Leaving />
          </Link>
        ))}
      </nav>
    </>
  );
}

const WITHOUT_PERIOD = ["trends", "inactive"];

/** Of whom and of which days all numbers below are. */
export function Scope({ params, shown, now }: { params: AnalyticsParams; shown: AnalyticsView; now: Date }) {
  const frame = frameOf(shown);
  if (!frame) return null;
  const { batch, batches, before, students, syncedAsOf } = frame;
  const days = daysWords(shown);
  const first = { ...params, ...WHOLE_LIST };
  const hasPeriod = params.list === null ? !WITHOUT_PERIOD.includes(params.tab) : !isTrend(params.list);
  return (
    <div className="mb-6">
      {/* A list of one of two batches is left by the way back to both. */}
      {params.of === null ? (
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <BatchChoice
            label="Batch"
            chosen={params.batch}
            choices={[
              {
                ...{ id: null, name: "Everybody in class", state: null },
                href: analyticsHref({ ...first, batch: null, period: params.period === "batch" ? 28 : params.period }),
              },
              ...batches.map((each) => ({ ...each, href: analyticsHref({ ...first, batch: each.id }) })),
            ]}
          />
          {hasPeriod ? (
            <ChoiceLinks
              label="Period"
              choices={analyticsPeriods
                .filter((period) => batch !== null || period !== "batch")
                .map((period) => ({
                  href: analyticsHref({ ...first, period }),
                  label: periodLabel(period),
                  chosen: period === frame.period && params.when !== "ever",
                }))}
            />
          ) : null}
        </div>
      ) : null}
      <p className="label mt-2">
        {studentsWords(students)}{" "}
        {batch?.isOver ? `of ${batch.name}, until its last day` : batch ? `active in ${batch.name}` : "active"}{" "}
        <Definition id="who-counts" page="analytics" of="who counts">
          Students who are active today; of a batch that is over, who was in it until its last day. Paused, invited and
          dropped students are in no number, but for trends and past demo sessions, which count what happened.
        </Definition>
        {days ? ` · ${days}` : null}
        {before ? ` · change against ${spanWords(before)}` : null} · <AsOf syncedAsOf={syncedAsOf} now={now} />
      </p>
    </div>
  );
}
