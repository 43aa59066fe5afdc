import { describe, expect, it } from "vitest";
import { isForeignWrite } from "./foreign-write";

const HOST = { host: "cohort.test:3000" };
const foreign = (headers: Record<string, string>) => isForeignWrite(new Headers(headers));

describe("a write", () => {
  it.each<[string, Record<string, string>]>([
    ["no browser: neither header", HOST],
    ["our own page", { ...HOST, origin: "http://cohort.test:3000", "sec-fetch-site": "same-origin" }],
    ["our own page in a browser without Sec-Fetch-Site", { ...HOST, origin: "http://cohort.test:3000" }],
    ["the address bar", { ...HOST, "sec-fetch-site": "none" }],
    ["our page behind a proxy", { host: "10.0.0.1", "x-forwarded-host": "cohort.test", origin: "https://cohort.test" }],
  ])("passes: %s", (_, headers) => expect(foreign(headers)).toBe(false));

  it.each<[string, Record<string, string>]>([
    ["another site's origin", { ...HOST, origin: "https://evil.test" }],
    ["another port", { ...HOST, origin: "http://cohort.test:4000" }],
    ["our name at the start of another", { ...HOST, origin: "http://cohort.test:3000.evil.test" }],
    ["a frame without an origin", { ...HOST, origin: "null" }],
    ["something that is no origin", { ...HOST, origin: "cohort" }],
    ["cross-site by the browser's word", { ...HOST, "sec-fetch-site": "cross-site" }],
    ["a neighbour under the same domain", { ...HOST, "sec-fetch-site": "same-site" }],
    [
      "cross-site although the origin is ours",
      { ...HOST, origin: "http://cohort.test:3000", "sec-fetch-site": "cross-site" },
    ],
    ["an origin without any host to compare", { origin: "https://cohort.test" }],
  ])("is refused: %s", (_, headers) => expect(foreign(headers)).toBe(true));
});
