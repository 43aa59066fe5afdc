/** The pages of docs/ that people read in the product: how a number is made. By the last part of their address. */
export const DOC_PAGES = {
  "coding-time": "docs/metrics/coding-time.md",
  overview: "docs/metrics/overview.md",
  streak: "docs/metrics/streak.md",
  goals: "docs/metrics/goals.md",
  "early-warning": "docs/early-warning.md",
  analytics: "docs/metrics/analytics.md",
} as const;

export type DocPage = keyof typeof DOC_PAGES;

export const isDocPage = (page: string): page is DocPage => Object.hasOwn(DOC_PAGES, page);

export const docHref = (page: DocPage): string => `/docs/${page}`;

/** Where a link of one of these pages leads in the product: to another of them, else nowhere. */
export function docLink(href: string | undefined): string | null {
  if (!href || /^[a-z]+:/i.test(href)) return null;
  const page = /([a-z-]+)\.md$/.exec(href)?.[1];
  return page && isDocPage(page) ? docHref(page) : null;
}
