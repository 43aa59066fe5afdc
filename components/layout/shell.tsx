"use client";

import { Menu, X } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Glyph } from "@/components/ui/glyph";
import { CommandButton } from "./command-button";
import { type NavLink, NavLinks } from "./nav-links";
import { ThemeSwitch } from "./theme-switch";
import { Wordmark } from "./wordmark";

const DRAWER = "navigation";

export type ShellProps = {
  home: string;
  links: readonly NavLink[];
  person: { name: string; role: string };
  signOut: () => Promise<void>;
  /** The command menu, where there is one: its buttons stand here. */
  commands?: ReactNode;
  children: ReactNode;
};

/**
 * Navigation beside the page; under 1024 pixels the same navigation is a drawer that opens without any script. A client
 * component, so that its markup is sent once and not a second time as the framework's payload (decision 035).
 */
export function Shell({ home, links, person, signOut, commands, children }: ShellProps) {
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
      <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:z-10 focus:bg-raised focus:p-3">
        Skip to the content
      </a>
      <header className="flex h-14 items-center justify-between border-b px-4 sm:px-6 lg:hidden">
        <Link href={home} prefetch={false} className="tap inline-flex items-center">
          <Wordmark />
        </Link>
        <div className="-mr-3 flex">
          {commands ? <CommandButton /> : null}
          <button type="button" popoverTarget={DRAWER} className="tap inline-flex size-11 items-center justify-center">
            <Glyph of={Menu} className="size-5" />
            <span className="sr-only">Open navigation</span>
          </button>
        </div>
      </header>
      <aside
        id={DRAWER}
        popover="auto"
        aria-label="Navigation"
        className="inset-y-0 left-0 h-dvh w-72 flex-col border-0 border-r bg-paper px-3 py-4 backdrop:bg-black/30 open:flex lg:sticky lg:top-(--banner,0px) lg:flex lg:h-[calc(100dvh-var(--banner,0px))] lg:w-auto"
      >
        <div className="mb-5 flex items-center justify-between px-2.5">
          <Link href={home} prefetch={false}>
            <Wordmark />
          </Link>
          <button
            type="button"
            popoverTarget={DRAWER}
            popoverTargetAction="hide"
            className="tap inline-flex size-11 items-center justify-center lg:hidden"
          >
            <Glyph of={X} className="size-5" />
            <span className="sr-only">Close navigation</span>
          </button>
        </div>
        {commands ? <CommandButton wide /> : null}
        <nav aria-label="Sections">
          <NavLinks links={links} drawer={DRAWER} />
        </nav>
        <div className="mt-auto grid grid-cols-[minmax(0,1fr)] gap-3 px-2.5 pt-4">
          <ThemeSwitch />
          <div className="flex items-center justify-between gap-2 border-t pt-3">
            <div className="min-w-0">
              <Link
                href="/account"
                prefetch={false}
                title="Your account"
                className="tap block truncate text-sm font-medium underline-offset-2 hover:underline"
              >
                {person.name}
                <span className="sr-only">, your account</span>
              </Link>
              <p className="label">{person.role}</p>
            </div>
            <form action={signOut}>
              <Button type="submit" look="quiet" small>
                Sign out
              </Button>
            </form>
          </div>
        </div>
      </aside>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-7xl px-4 py-6 outline-none sm:px-6 lg:px-10 lg:py-8"
      >
        {children}
      </main>
      {commands}
    </div>
  );
}
