import Link from "next/link";
import type { ReactNode } from "react";

type Props = {
  label: string;
  /** The list behind the number. */
  href?: string;
  definition?: ReactNode;
  value: ReactNode;
  children?: ReactNode;
};

const LINK = "reach underline-offset-4 hover:underline";

/** A number with its name over it, how it is computed beside that, and what it is of below. */
export function Tile({ label, href, definition, value, children }: Props) {
  const shown = (
    <>
      {value}
      <span className="sr-only">, see the list</span>
    </>
  );
  return (
    <div className="min-w-0 border-b py-3 pr-3">
      <dt className="text-sm font-medium">
        {label} {definition}
      </dt>
      <dd className="mt-1 text-2xl font-medium tracking-tight">
        {href?.startsWith("#") ? (
          // Further down on this page.
          <a href={href} className={LINK}>
            {shown}
          </a>
        ) : href ? (
          <Link href={href} scroll={false} className={LINK}>
            {shown}
          </Link>
        ) : (
          value
        )}
      </dd>
      {children ? <dd className="label mt-1">{children}</dd> : null}
    </div>
  );
}

/** A further number in the words below it, with its own list. */
export function Behind({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      scroll={false}
      className="reach underline decoration-line underline-offset-4 hover:decoration-current"
    >
      {children}
    </Link>
  );
}

export const TILES = "grid grid-cols-2 gap-x-6 border-t sm:grid-cols-3 xl:grid-cols-4";
