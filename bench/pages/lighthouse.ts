import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";
import type { Look } from "./look";

const BROWSER_FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const CATEGORIES = ["performance", "accessibility", "best-practices"] as const;

type Request = { resourceType?: string; transferSize?: number };
type Result = NonNullable<Awaited<ReturnType<typeof lighthouse>>>["lhr"];

/** A browser of its own for all pages; each look begins with an empty cache. */
export async function openBrowser(program: string) {
  const chrome = await launch({ chromePath: program, chromeFlags: BROWSER_FLAGS, logLevel: "silent" });
  return {
    look: async (url: string, cookie: string | null, form: "desktop" | "mobile"): Promise<Look> => {
      const found = await lighthouse(
        url,
        {
          port: chrome.port,
          logLevel: "silent",
          output: "json",
          onlyCategories: [...CATEGORIES],
          ...(cookie ? { extraHeaders: { Cookie: cookie } } : {}),
        },
        form === "desktop" ? desktopConfig : undefined,
      );
      if (!found || found.lhr.runtimeError)
        throw new Error(`${url}: ${found?.lhr.runtimeError?.message ?? "no result"}`);
      if (new URL(found.lhr.finalDisplayedUrl).pathname !== new URL(url).pathname) {
        throw new Error(`${url} led away to ${found.lhr.finalDisplayedUrl}.`);
      }
      return lookOf(found.lhr);
    },
    close: async () => chrome.kill(),
  };
}

function lookOf({ audits, categories }: Result): Look {
  const score = (name: string) => Math.round((categories[name]?.score ?? 0) * 100);
  const value = (name: string) => audits[name]?.numericValue ?? 0;
  const details = audits["network-requests"]?.details;
  const requests = details && "items" in details ? (details.items as Request[]) : [];
  const kilobytes = (kind: string) =>
    requests
      .filter(({ resourceType }) => resourceType === kind)
      .reduce((sum, each) => sum + (each.transferSize ?? 0), 0) / 1000;
  return {
    performance: score("performance"),
    accessibility: score("accessibility"),
    bestPractices: score("best-practices"),
    largestPaintMs: value("largest-contentful-paint"),
    blockedMs: value("total-blocking-time"),
    scriptKb: kilobytes("Script"),
    scripts: requests.filter(({ resourceType }) => resourceType === "Script").length,
    pageKb: kilobytes("Document"),
    elements: value("dom-size") || value("dom-size-insight"),
    faults: CATEGORIES.flatMap((name) => categories[name]?.auditRefs ?? [])
      .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)
      .map(({ id }) => `${id} (${audits[id]?.displayValue ?? audits[id]?.score})`),
  };
}
