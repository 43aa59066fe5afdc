import Link from "next/link";
import type { Column } from "@/components/data-table/use-data-table";
import { RISK_TONES } from "@/components/student/risk-facts";
import { Badge } from "@/components/ui/badge";
import { RISK_STATE_WORDS } from "@/lib/lists/risk-words";
import type { RiskRow } from "./risk-row";

const dash = <span className="text-muted">–</span>;

export const riskColumns: Column<RiskRow>[] = [
  {
    id: "name",
    accessorFn: (row) => row.name,
    sortDescFirst: false,
    meta: { phone: "title" },
    cell: ({ row }) => <span className="font-medium">{row.original.name}</span>,
  },
  { id: "batch", meta: { phone: "hidden" }, cell: ({ row }) => row.original.batch },
  {
    id: "state",
    meta: { phone: "line" },
    cell: ({ row: { original } }) => (
      <span className="whitespace-nowrap">
        <Badge tone={RISK_TONES[original.state]}>{RISK_STATE_WORDS[original.state]}</Badge>
        {original.before ? <span className="label ml-1.5">was {RISK_STATE_WORDS[original.before]}</span> : null}
      </span>
    ),
  },
  {
    id: "points",
    accessorFn: (row) => row.points,
    sortDescFirst: true,
    meta: { number: true, phone: "hidden" },
    cell: ({ row }) => row.original.points,
  },
  {
    id: "facts",
    meta: { phone: "line", wide: true },
    cell: ({ row: { original } }) =>
      original.facts.length === 0 ? (
        dash
      ) : (
        <ul className="whitespace-normal">
          {original.facts.map(({ text, path }) => (
            <li key={text}>
              <Link href={path} prefetch={false} className="reach underline-offset-2 hover:underline">
                {text}
              </Link>
            </li>
          ))}
        </ul>
      ),
  },
  {
    id: "since",
    accessorFn: (row) => row.since,
    sortDescFirst: true,
    meta: { number: true, phone: "hidden" },
    cell: ({ row }) => row.original.since,
  },
  { id: "answer", meta: { phone: "hidden" }, cell: ({ row }) => row.original.answer ?? dash },
];
