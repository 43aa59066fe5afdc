"use client";

import { GatePage } from "./gate-page";

const START = { href: "/", words: "Go to your start page" };

const ENDS = {
  "not-found": {
    title: "There is nothing here",
    lead: "The address is mistyped, or what stood here is gone.",
    link: START,
  },
  forbidden: {
    title: "This page is not for you",
    lead: "You are signed in, but your account may not see what stands here.",
    link: START,
  },
  unauthorized: {
    title: "Please sign in",
    lead: "What stands here is for people who are signed in.",
    link: { href: "/login", words: "Sign in" },
  },
};

/**
 * In place of a page that there is not, or not for this person. Every page carries all of them along in case they are
 * needed: so they are one client component, named with its kind (decision 035), and its link is a plain one.
 */
export function DeadEnd({ kind }: { kind: keyof typeof ENDS }) {
  const { title, lead, link } = ENDS[kind];
  return (
    <GatePage title={title} lead={lead}>
      <a href={link.href} className="underline underline-offset-2">
        {link.words}
      </a>
    </GatePage>
  );
}
