import type { DatePreview } from "@/lib/demo-sessions/weekly-rule";
import type { RuleDate } from "./rule/rule-dates";

/** A session that is held on a holiday is there; the holiday is told beside it, so that somebody can decide. */
const inSpite = (holiday: string | null): string => (holiday === null ? "" : `, although it is a holiday: ${holiday}`);

/** What bulk creation makes of a date; empty where nothing is to be said. */
export function previewWords({ verdict, why, although }: DatePreview): string {
  if (verdict === "taken") return `taken by “${why}”${inSpite(although)}`;
  if (verdict === "holiday") return `holiday: ${why}`;
  return why ?? "";
}

/** What the weekly rule makes of a date. */
export function ruleWords({ verdict, why, although }: RuleDate): string {
  switch (verdict) {
    case "new":
      return "will be created";
    case "there":
      return `“${why}” is there${inSpite(although)}`;
    case "holiday":
      return `left out: ${why}`;
    case "cancelled":
      return `left out: “${why}” was cancelled`;
    case "decided":
      return "left out: decided on before";
  }
}
