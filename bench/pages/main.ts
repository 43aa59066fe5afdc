import { writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { parseArgs } from "node:util";
import { Fault, runCommand } from "@/scripts/home/fault";
import { step } from "@/scripts/start/step";
import { onStop, stopEverything, stopOnSignals } from "@/scripts/start/stopping";
import { provideChromium } from "@/scripts/test/chromium";
import { homeOf, type People, provideAcademy, SIZES, type Size } from "../server/academy";
import { startProduct, startStandIn } from "../server/product";
import { openBrowser } from "./lighthouse";
import { type Look, medianOf } from "./look";

const LEAST_SCORE = 95;
/** Section 10: what a page may bring at first, and what one that draws with Recharts may. */
const MOST_SCRIPT_KB = 200;
const MOST_WITH_CHARTS_KB = 280;

type Page = { name: string; path: string; cookie: string | null; charts?: boolean };

const pagesFor = ({ admin, student }: People): Page[] => [
  { name: "sign-in", path: "/login", cookie: null },
  { name: "dashboard", path: "/admin", cookie: admin.cookie },
  { name: "users", path: "/admin/users", cookie: admin.cookie },
  { name: "student page", path: `/admin/students/${student.studentId}`, cookie: admin.cookie, charts: true },
  { name: "demo sessions", path: "/admin/demo-sessions", cookie: admin.cookie },
  { name: "portal overview", path: "/portal", cookie: student.cookie, charts: true },
  { name: "analytics", path: "/admin/analytics", cookie: admin.cookie },
];

const NOBODY = { id: 0, cookie: "" };
const PAGES = pagesFor({ admin: NOBODY, student: { ...NOBODY, studentId: 0 }, batchId: 0, userPages: 1 }).map(
  ({ name }) => name,
);

/** `npm run bench:pages`: Lighthouse and what each page loads, in the Chromium that the journeys use. */
async function pages(): Promise<void> {
  const { values } = parseArgs({
    options: {
      size: { type: "string", default: "10k" },
      runs: { type: "string", default: "5" },
      "mobile-runs": { type: "string", default: "1" },
      only: { type: "string" },
      home: { type: "string" },
      json: { type: "string" },
    },
  });
  const size = SIZES.find((name): name is Size => name === values.size);
  if (!size) throw new Fault(`There is no size ${values.size}: choose one of ${SIZES.join(", ")}.`);
  const only = values.only?.split(",");
  const unknown = only?.find((name) => !PAGES.includes(name));
  if (unknown !== undefined) throw new Fault(`There is no page ${unknown}: choose from ${PAGES.join(", ")}.`);
  console.log(
    `${availableParallelism()} cores, ${cpus()[0]?.model}; the browser and the servers share them. Size ${size}.`,
  );

  const academy = await provideAcademy(size, homeOf(size, values.home));
  const variables = await startStandIn(academy);
  const product = await step("Starting the product", () => startProduct(academy, variables));
  const browser = await openBrowser(await provideChromium());
  onStop("browser", browser.close);

  const results: { name: string; desktop: Look; mobile: Look | null; holds: boolean }[] = [];
  for (const { name, path, cookie, charts } of pagesFor(academy.people)) {
    if (only && !only.includes(name)) continue;
    const look = async (form: "desktop" | "mobile", times: number) => {
      const looks: Look[] = [];
      for (let time = 0; time < times; time++) looks.push(await browser.look(product.url + path, cookie, form));
      return medianOf(looks);
    };
    const desktop = await look("desktop", Number(values.runs));
    if (!desktop) throw new Fault("--runs is a number, at least 1.");
    const mobile = await look("mobile", Number(values["mobile-runs"]));
    const { performance, accessibility, bestPractices, scriptKb } = desktop;
    const mostKb = charts ? MOST_WITH_CHARTS_KB : MOST_SCRIPT_KB;
    const holds = Math.min(performance, accessibility, bestPractices) >= LEAST_SCORE && scriptKb <= mostKb;
    results.push({ name, desktop, mobile, holds });
    console.log(
      `${holds ? "✓" : "✗"} ${name.padEnd(16)} desktop ${spelled(desktop)}${mobile ? ` · mobile ${spelled(mobile)}` : ""}\n` +
        `    ${desktop.scriptKb.toFixed(0)} kB of script in ${desktop.scripts} files, ${desktop.pageKb.toFixed(0)} kB of HTML, ` +
        `${desktop.elements} elements, largest paint after ${desktop.largestPaintMs.toFixed(0)} ms` +
        (desktop.faults.length === 0 ? "" : `\n    below full marks: ${desktop.faults.join(", ")}`),
    );
  }
  if (values.json) {
    const report = { at: new Date().toISOString(), command: process.argv.slice(2).join(" "), size };
    writeFileSync(values.json, `${JSON.stringify({ ...report, results }, null, 2)}\n`);
  }
  process.exitCode = results.every(({ holds }) => holds) ? 0 : 1;
}

const spelled = ({ performance, accessibility, bestPractices }: Look) =>
  `${performance} performance, ${accessibility} accessibility, ${bestPractices} best practices`;

stopOnSignals();
await runCommand(pages);
await stopEverything();
process.exit();
