import { median } from "../figures";

/** Scores are of 100; sizes are kilobytes as they came over the wire. */
export type Look = {
  performance: number;
  accessibility: number;
  bestPractices: number;
  largestPaintMs: number;
  blockedMs: number;
  scriptKb: number;
  scripts: number;
  pageKb: number;
  elements: number;
  /** What did not get full marks. */
  faults: string[];
};

/** Each number's own median, and the faults that most looks found; null of none. */
export function medianOf(looks: Look[]): Look | null {
  const [first] = looks;
  if (!first) return null;
  const middle = (name: Exclude<keyof Look, "faults">) => median(looks.map((look) => look[name]));
  const often = first.faults.filter((fault) => {
    const id = fault.split(" ")[0];
    return looks.filter(({ faults }) => faults.some((each) => each.startsWith(`${id} `))).length * 2 > looks.length;
  });
  return {
    performance: middle("performance"),
    accessibility: middle("accessibility"),
    bestPractices: middle("bestPractices"),
    largestPaintMs: middle("largestPaintMs"),
    blockedMs: middle("blockedMs"),
    scriptKb: middle("scriptKb"),
    scripts: middle("scripts"),
    pageKb: middle("pageKb"),
    elements: middle("elements"),
    faults: often,
  };
}
