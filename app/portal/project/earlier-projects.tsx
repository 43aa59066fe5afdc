import { ASSIGNMENT_TONES } from "@/components/project/words";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import type { OwnAssignment } from "@/db/queries/portal-project";
import { formatDate } from "@/lib/format";
import { OwnFacts } from "./own-facts";
import { OwnFactsForm } from "./own-facts-form";
import { ownStatusWords } from "./words";

/** What one was on before, with what one kept there: an offer often comes when the project is over. */
export function EarlierProjects({ assignments, canChange }: { assignments: OwnAssignment[]; canChange: boolean }) {
  return (
    <Panel title="Earlier projects" aside={String(assignments.length)} className="mt-8">
      <ul className="-mt-3">
        {assignments.map((each) => (
          <li key={each.id} className="border-t py-4 first:border-t-0" data-assignment={each.id}>
            <p className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="min-w-0 font-medium break-words">{each.project.name}</span>
              <Badge tone={ASSIGNMENT_TONES[each.status]}>{ownStatusWords(each)}</Badge>
            </p>
            <p className="label mb-2">
              {each.batch.name}, {formatDate(each.project.startDate)} –{" "}
              {each.project.endDate ? formatDate(each.project.endDate) : "no end"}
            </p>
            <OwnFacts assignment={each} brief />
            {canChange ? <OwnFactsForm assignment={each} project={each.project.name} /> : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
