import type { Done } from "./worker-child";

export type Phase = Done & { name: string; users: number; unchanged?: number; statements?: number };
export type Verdict = { text: string; holds: boolean; value: number };

const rate = (phase: Phase) => (phase.users / phase.ms) * 1000;
const cell = (value: string | number, width: number) => String(value).padStart(width);

export function printPhases(phases: Phase[]): void {
  for (const phase of phases) {
    console.log(
      [
        cell(phase.users, 7),
        phase.name.padEnd(22),
        cell(`${rate(phase).toFixed(0)} users/s`, 13),
        cell(`${(phase.ms / 1000).toFixed(1)} s`, 9),
        cell(`peak ${phase.peakMb.toFixed(0)} MB`, 13),
        cell(`heap ${phase.heapGrowthMb >= 0 ? "+" : ""}${phase.heapGrowthMb.toFixed(1)} MB`, 15),
        phase.statements === undefined ? "" : cell(`${phase.statements.toFixed(2)} statements a user`, 26),
        phase.unchanged === undefined ? "" : cell(`${phase.days} days written, ${phase.unchanged} unchanged`, 46),
      ].join(" "),
    );
  }
}

/** The bars of the sync: ratios within one run, never times. */
export function verdicts(phases: Phase[], share: number): Verdict[] {
  const of = (users: number, name: string) => phases.filter((each) => each.users === users && each.name === name);
  const sizes = [...new Set(phases.map((each) => each.users))];
  const lines: Verdict[] = sizes.map((users) => {
    const alone = of(users, "fetch and parse alone").map(rate);
    const yardstick = alone.reduce((sum, each) => sum + each, 0) / alone.length;
    const night = of(users, "a night later").map(rate)[0] ?? 0;
    const value = night / yardstick;
    return {
      text: `${users} users, 12 of 14 days unchanged: ${(value * 100).toFixed(0)} % of fetching and parsing alone (at least ${share * 100} %)`,
      value,
      holds: value >= share,
    };
  });
  const growth = Math.max(...phases.filter((each) => each.statements !== undefined).map((each) => each.heapGrowthMb));
  lines.push({
    text: `heap growth at most ${growth.toFixed(1)} MB (below 100 MB)`,
    value: growth,
    holds: growth < 100,
  });
  const peaks = sizes.map((users) => of(users, "a night later")[0]?.peakMb ?? 0);
  const spread = Math.max(...peaks) / Math.min(...peaks) - 1;
  lines.push({
    text: `peak memory of a night differs by ${(spread * 100).toFixed(1)} % between the sizes (at most 10 %)`,
    value: spread,
    holds: spread <= 0.1,
  });
  return lines;
}
