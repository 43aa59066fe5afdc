import type { ReactNode } from "react";

/**
 * A link to another site, in a tab of its own. What is not of the web is shown as text: rows from elsewhere were never
 * looked at by a form of ours.
 */
export function OutsideLink({ href, children }: { href: string; children: ReactNode }) {
  if (!/^https?:\/\//i.test(href)) return <span className="break-all">{children}</span>;
  return (
    <a href={href} rel="noreferrer nofollow" target="_blank" className="reach break-words underline underline-offset-2">
      {children}
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}
