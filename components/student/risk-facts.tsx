import Link from "next/link";
import { Badge, type Tone } from "@/components/ui/badge";
import type { RiskState } from "@/db/enums";

export const RISK_TONES: Record<RiskState, Tone> = {
  on_track: "good",
  watch: "warn",
  act: "bad",
  settling: "neutral",
  no_data: "neutral",
};

export type FactRow = {
  kind: string;
  label: string;
  /** The number, or that there is none. */
  number: string;
  /** The threshold, or why there is no number. */
  limit: string;
  points: number;
  unknown: boolean;
  href: string;
};

/** Every fact of an early warning with its number, its threshold and the points that it added. */
export function RiskFacts({ facts }: { facts: readonly FactRow[] }) {
  return (
    <ul className="border-t text-sm">
      {facts.map(({ kind, label, number, limit, points, unknown, href }) => (
        <li key={kind} className="flex items-baseline justify-between gap-3 border-b py-2">
          <div className="min-w-0">
            <p className={unknown ? "text-muted" : undefined}>
              <Link href={href} prefetch={false} className="reach font-medium underline-offset-2 hover:underline">
                {label}
              </Link>{" "}
              {number}
            </p>
            <p className="label">{limit}</p>
          </div>
          <p className="shrink-0">
            {points > 0 ? (
              <Badge tone="warn">{points === 1 ? "1 point" : `${points} points`}</Badge>
            ) : (
              <span className="text-muted">{unknown ? "–" : "0"}</span>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
