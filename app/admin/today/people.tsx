import Link from "next/link";
import type { ReactNode } from "react";
import { formatCount } from "@/lib/format";

type Props = { person: { id: number; name: string; batchName: string | null }; aside: ReactNode; children?: ReactNode };

/** One student in a list of the day, which leads to their page. */
export function PersonRow({ person, aside, children }: Props) {
  return (
    <li className="border-b py-2 text-sm first:pt-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <p className="min-w-0">
          <Link
            href={`/admin/students/${person.id}`}
            prefetch={false}
            className="reach font-medium underline-offset-2 hover:underline"
          >
            {person.name}
          </Link>
          {person.batchName ? <span className="label ml-2">{person.batchName}</span> : null}
        </p>
        <p className="label">{aside}</p>
      </div>
      {children}
    </li>
  );
}

/** A list shows its first rows only: how many there are besides. */
export function MoreRows({ shown, total }: { shown: number; total: number }) {
  if (total <= shown) return null;
  return <p className="label mt-2">and {formatCount(total - shown)} more</p>;
}
