"use client";

import type { LucideIcon } from "lucide-react";
import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import { Glyph } from "@/components/ui/glyph";

/** `also`: a page elsewhere that belongs to the section. `begins`: a group of its own begins here, under a hairline. */
export type NavLink = { href: string; label: string; icon: LucideIcon; also?: string; begins?: true };

/** Says to the style sheet that a link was followed and its page is on its way: the old one is dimmed meanwhile. */
export function Leaving() {
  return useLinkStatus().pending ? <span hidden data-leaving /> : null;
}

/** The current section is marked for eye and screen reader; on a phone, following a link closes the drawer. */
export function NavLinks({ links, drawer }: { links: readonly NavLink[]; drawer: string }) {
  const path = usePathname();
  const isHere = (place: string) => path === place || path.startsWith(`${place}/`);
  const leadsHere = ({ href, also }: NavLink) => isHere(href.split("?")[0] ?? href) || (also ? isHere(also) : false);
  const current = links.filter(leadsHere).at(-1)?.href;
  return (
    <ul className="grid gap-0.5">
      {links.map(({ href, label, icon, begins }) => {
        return (
          <li key={href} className={begins && "mt-1.5 border-t pt-1.5"}>
            <Link
              href={href}
              // There is nothing to fetch ahead: a page is made for each request, and has no part that comes before it.
              prefetch={false}
              aria-current={href === current ? "page" : undefined}
              onClick={() => document.getElementById(drawer)?.hidePopover?.()}
              className="tap nav-link"
            >
              <Glyph of={icon} />
              {label}
              <Leaving />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
