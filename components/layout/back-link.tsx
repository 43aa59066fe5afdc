import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { Glyph } from "@/components/ui/glyph";

/** The way back to the list that a page belongs to. */
export function BackLink({ href, children }: { href: string; children: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="tap mb-2 inline-flex items-center gap-1.5 text-sm text-muted hover:text-ink"
    >
      <Glyph of={ArrowLeft} className="size-3.5" />
      {children}
    </Link>
  );
}
