import Link from "next/link";
import type { FreshnessWords } from "@/components/coding/freshness-words";

const REMEDIES: Partial<Record<FreshnessWords["state"], string>> = {
  never_connected: "Connect WakaTime",
  needs_reconnect: "Reconnect WakaTime",
  scope_missing: "Give the permission",
  stale: "See why",
};

/** The way to where a student puts a link right; nothing when nothing is wrong. */
export function Remedy({ state }: { state: FreshnessWords["state"] }) {
  const label = REMEDIES[state];
  if (!label) return null;
  return (
    <Link href="/portal/wakatime" prefetch={false} className="reach underline underline-offset-2 hover:text-ink">
      {label}
    </Link>
  );
}
