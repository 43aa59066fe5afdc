import Link from "next/link";
import type { Column } from "@/components/data-table/column";
import { RISK_TONES } from "@/components/student/risk-facts";
import { Badge } from "@/components/ui/badge";
import { RISK_STATE_WORDS } from "@/lib/lists/risk-words";
import type { RiskRow } from "./risk-row";

const dash = <span className="text-muted">–</span>;

export const riskColumns: Column<RiskRow>[] = [
  { id: "name", phone: "title", cell: (student) => <span className="font-medium">{student.name}</span> },
  { id: "batch", phone: "hidden", cell: (student) => student.batch },
  {
    id: "state",
    phone: "line",
    cell: (student) => (
      <span className="whitespace-nowrap">
        <Badge tone={RISK_TONES[student.state]}>{RISK_STATE_WORDS[student.state]}</Badge>
        {student.before ? <span className="label ml-1.5">was {RISK_STATE_WORDS[student.before]}</span> : null}
      </span>
    ),
  },
  { id: "points", descendingFirst: true, number: true, phone: "hidden", cell: (student) => student.points },
  {
    id: "facts",
    phone: "line",
    wide: true,
    cell: (student) =>
      student.facts.length === 0 ? (
        dash
      ) : (
        <ul className="whitespace-normal">
          {student.facts.map(({ text, path }) => (
            <li key={text}>
              <Link href={path} prefetch={false} className="reach underline-offset-2 hover:underline">
                {text}
              </Link>
            </li>
          ))}
        </ul>
      ),
  },
  { id: "since", descendingFirst: true, number: true, phone: "hidden", cell: (student) => student.since },
  { id: "answer", phone: "hidden", cell: (student) => student.answer ?? dash },
];
