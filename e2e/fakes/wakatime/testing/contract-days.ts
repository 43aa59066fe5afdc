/** The two days of the contract's sample (section 9.2) as heartbeats; the second day, and what follows, is its vector. */
const AGENT = "wakatime/v1.90.0 (linux-6.5.0-generic-x86_64) go1.21.4 vscode/1.86.0 vscode-wakatime/24.4.0";
const LONGEST_GAP_SECONDS = 900;

type Work = { project: string; language: string | null; category?: string; dependencies?: string[]; seconds: number };

const beat = (time: number, { project, language, category = "coding", dependencies = [] }: Omit<Work, "seconds">) => ({
  entity: `/home/ada/${project}/file`,
  type: "file",
  time,
  category,
  project,
  ...(language && { language }),
  dependencies,
  user_agent: AGENT,
});

export type PostedBeat = ReturnType<typeof beat>;

const FIRST_DAY: Work[] = [
  { project: "cohort-dashboard", language: "TypeScript", dependencies: ["react", "zod"], seconds: 1200 },
  { project: "cohort-dashboard", language: "TypeScript", dependencies: ["react"], seconds: 2100 },
  { project: "cohort-dashboard", language: "TypeScript", seconds: 1910 },
  { project: "algo-drills", language: "Python", seconds: 2104.25 },
  { project: "cohort-dashboard", language: null, seconds: 15.4 },
  { project: "cohort-dashboard", language: null, category: "debugging", seconds: 900 },
];

/** Heartbeats whose gaps are this work, none longer than the timeout; the last one closes the last gap. */
function beatsOf(works: Work[], start: number): PostedBeat[] {
  const beats: PostedBeat[] = [];
  let at = start;
  for (const { seconds, ...work } of works) {
    for (let left = seconds; left > 0; left -= LONGEST_GAP_SECONDS) {
      beats.push(beat(at, work));
      at = Math.round((at + Math.min(left, LONGEST_GAP_SECONDS)) * 1000) / 1000;
    }
  }
  const last = works.at(-1);
  return last ? [...beats, beat(at, last)] : beats;
}

/** 9 March, from 09:00 in Chicago: 8229.65 s. */
export const firstDay = beatsOf(FIRST_DAY, Date.parse("2026-03-09T14:00:00Z") / 1000);

const A = { project: "alpha", language: "TypeScript" };
const B = { project: "beta", language: "Python" };

/** Section 7.4: 10 March, and over midnight into the 11th. */
export const vector = [
  beat(1773151200, A),
  beat(1773151320, A),
  beat(1773151380, B),
  beat(1773151800, B),
  beat(1773153600, A),
  beat(1773153660, A),
  beat(1773204900, A),
  beat(1773205500, A),
  beat(1773205560, A),
];
