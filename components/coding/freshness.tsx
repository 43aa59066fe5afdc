import clsx from "clsx";
import { Badge, type Tone } from "@/components/ui/badge";
import type { FreshnessWords } from "./freshness-words";

const QUIET: Record<Tone, string> = {
  neutral: "text-muted",
  good: "text-muted",
  accent: "text-muted",
  warn: "text-warn",
  bad: "text-bad",
};

/**
 * How fresh the number beside it is: a badge in a table, else a small line in which only trouble has a colour. The
 * exact instant is in the element and in its tooltip.
 */
export function Freshness({ words, badge = false }: { words: FreshnessWords; badge?: boolean }) {
  const text = words.at ? (
    <time dateTime={words.at.iso} title={words.at.exact}>
      {words.label}
    </time>
  ) : (
    words.label
  );
  if (badge) return <Badge tone={words.tone}>{text}</Badge>;
  return <span className={clsx("text-xs", QUIET[words.tone])}>{text}</span>;
}
