import { Download } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import type { AnyList } from "@/lib/lists/definition";

/** All pages of what the list shows, with its filters, order and columns, as a file. */
export function ExportLink({ list, query, columns }: { list: AnyList; query: string; columns: string[] }) {
  const search = new URLSearchParams(query);
  search.set("columns", columns.join(","));
  return (
    <a href={`/api/lists/${list.name}/export?${search}`} download className={buttonClass()}>
      <Download aria-hidden className="size-3.5 text-muted" />
      Export
    </a>
  );
}
