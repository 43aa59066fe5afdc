import { Download } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import { Glyph } from "@/components/ui/glyph";
import type { AnyList } from "@/lib/lists/definition";

/** Where the file of a list is: its filters, order and columns, and the view after which it is named. */
export function exportHref(list: AnyList, query: string, columns: string[], view: number | null): string {
  const search = new URLSearchParams(query);
  search.set("columns", columns.join(","));
  if (view) search.set("view", String(view));
  return `/api/lists/${list.name}/export?${search}`;
}

/** All pages of what the list shows. */
export function ExportLink({ href }: { href: string }) {
  return (
    <a href={href} download className={buttonClass()}>
      <Glyph of={Download} className="size-3.5 text-muted" />
      Export
    </a>
  );
}
