import Link from "next/link";
import { RISK_TONES, RiskFacts } from "@/components/student/risk-facts";
import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import type { RiskDetail } from "@/db/queries/risk-list";
import { addDays } from "@/lib/dates";
import { formatAgo, formatDate, formatInstant } from "@/lib/format";
import { factRows, RISK_STATE_WORDS } from "@/lib/lists/risk-words";
import { AnswerForm, ReopenForm } from "./answer-form";
import { answerWords } from "./risk-row";

type Props = { risk: RiskDetail; canAnswer: boolean; today: string; now: Date };

const SNOOZE_DAYS = 7;

/** One student's facts, what was answered, and how they stood before. */
export function RiskPanel({ risk, canAnswer, today, now }: Props) {
  const { id, state, points, answer } = risk;
  const warned = state === "watch" || state === "act";
  return (
    <div className="grid gap-5">
      <div>
        <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
          <Badge tone={RISK_TONES[state]}>{RISK_STATE_WORDS[state]}</Badge>
          {points} {points === 1 ? "point" : "points"} · since {formatDate(risk.since)}
        </p>
        <p className="label mt-1">
          {risk.batchName} · as of{" "}
          <time dateTime={risk.checkedAt} title={formatInstant(new Date(risk.checkedAt))}>
            {formatAgo(new Date(risk.checkedAt), now)}
          </time>
        </p>
      </div>
      {risk.signals.length === 0 ? (
        <p className="text-sm text-muted">
          {state === "settling" ? "In the first ten days in a batch nothing is said of anybody." : "No facts are kept."}
        </p>
      ) : (
        <RiskFacts facts={factRows(id, risk.signals)} />
      )}
      {answer ? (
        <section aria-label="Answer" className="border-l-2 border-accent pl-3 text-sm">
          <p>{answerWords(answer)}</p>
          <p className="whitespace-pre-line break-words">{answer.reason}</p>
          <p className="label">
            {answer.by}, {formatAgo(new Date(answer.at), now)}
          </p>
        </section>
      ) : null}
      {warned && canAnswer ? (
        <div className="flex flex-wrap items-start gap-2">
          <AnswerForm
            key={answer?.at}
            studentId={id}
            week={addDays(today, SNOOZE_DAYS)}
            trigger={answer ? "Answer anew" : "Answer"}
          />
          {answer ? <ReopenForm studentId={id} /> : null}
        </div>
      ) : null}
      {warned && !canAnswer ? (
        <p className="text-sm text-muted">Admins and the batch’s own instructors answer it.</p>
      ) : null}
      <section aria-labelledby="risk-history">
        <h3 id="risk-history" className="label mb-1">
          How they stood
        </h3>
        <ol className="text-sm">
          {risk.history.map((each) => (
            <li key={each.from} className="flex flex-wrap justify-between gap-x-3 border-b py-1.5">
              <Badge tone={RISK_TONES[each.state]}>{RISK_STATE_WORDS[each.state]}</Badge>
              <span className="label">
                {each.to ? `${formatDate(each.from)} to ${formatDate(each.to)}` : `since ${formatDate(each.from)}`}
              </span>
            </li>
          ))}
        </ol>
      </section>
      <Link href={`/admin/students/${id}`} className={buttonClass()}>
        Open the student’s page
      </Link>
    </div>
  );
}
