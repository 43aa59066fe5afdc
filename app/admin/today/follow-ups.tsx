import { Panel } from "@/components/ui/panel";
import type { TodayPage } from "@/db/queries/today-page";
import { formatDayDistance } from "@/lib/format";
import { DoneForm } from "./done-form";
import { MoreRows, PersonRow } from "./people";

/** The viewer's own notes whose day has come. */
export function FollowUps({ due, today }: { due: TodayPage["followUps"]; today: string }) {
  return (
    <Panel title="Follow-ups due" aside="your own notes">
      {due.total === 0 ? (
        <p className="text-sm text-muted">Nothing is due. A note on a student’s page can have a day to come back to.</p>
      ) : (
        <ul>
          {due.rows.map(({ id, body, dueOn, student }) => (
            <PersonRow key={id} person={student} aside={`due ${formatDayDistance(dueOn, today)}`}>
              <p className="mt-1 mb-2 line-clamp-3 whitespace-pre-line">{body}</p>
              <DoneForm noteId={id} about={student.name} />
            </PersonRow>
          ))}
        </ul>
      )}
      <MoreRows shown={due.rows.length} total={due.total} />
    </Panel>
  );
}
