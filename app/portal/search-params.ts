import { createLoader, createSerializer, parseAsStringLiteral } from "nuqs/server";
import { type OverviewPeriod, overviewPeriods } from "@/db/enums";

/** What coding time can be divided by. */
export const OVERVIEW_TABS = ["languages", "projects", "editors", "dependencies", "systems", "categories"] as const;
export type OverviewTab = (typeof OVERVIEW_TABS)[number];

const asText = (period: OverviewPeriod) => `${period}` as const;

/** Fourteen days are what every sync reads again. */
const overviewParams = {
  period: parseAsStringLiteral(overviewPeriods.map(asText)).withDefault("14"),
  tab: parseAsStringLiteral(OVERVIEW_TABS).withDefault("languages"),
};

const load = createLoader(overviewParams);
const serialize = createSerializer(overviewParams);

export type OverviewParams = { period: OverviewPeriod; tab: OverviewTab };

/** Whatever stands in the address; what is none of ours is the default. */
export async function loadOverviewParams(search: Promise<Record<string, string | string[] | undefined>>) {
  const { period, tab } = await load(search);
  return { period: overviewPeriods.find((each) => asText(each) === period) ?? 14, tab } satisfies OverviewParams;
}

export const overviewHref = ({ period, tab }: OverviewParams): string =>
  serialize("/portal", { period: asText(period), tab });
