import type { Times } from "@/lib/observability/times";
import { averageMs, percentileMs } from "@/lib/observability/times";

/** `0.4 ms`, `12 ms`, `1.2 s`; a dash without any. */
export function formatMs(ms: number | null): string {
  if (ms === null) return "–";
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

const MB = 1_000_000;

/** `180 MB`, `4.6 GB`. */
export const formatBytes = (bytes: number): string =>
  bytes < 1_000 * MB ? `${Math.round(bytes / MB)} MB` : `${(bytes / MB / 1_000).toFixed(1)} GB`;

export const formatPercent = (share: number): string => `${Math.round(share * 100)} %`;

/** `50 s`, `12 min`, `3 h`, `4 days`. */
export function formatSpan(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}

export const timesInWords = (times: Times) => ({
  average: formatMs(averageMs(times)),
  p50: formatMs(percentileMs(times, 0.5)),
  p95: formatMs(percentileMs(times, 0.95)),
  most: formatMs(times.count > 0 ? times.maxMs : null),
});
