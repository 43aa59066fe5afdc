import { Panel } from "@/components/ui/panel";
import { NEW_DAYS, type TodayPage } from "@/db/queries/today-page";
import { formatDate } from "@/lib/format";
import { MoreRows, PersonRow } from "./people";

/** Whom to welcome: enrolled in the last days, for the first time or from another batch. */
export function NewStudents({ newcomers }: { newcomers: TodayPage["newStudents"] }) {
  return (
    <Panel title="New students" aside={`joined within ${NEW_DAYS} days`}>
      {newcomers.total === 0 ? (
        <p className="text-sm text-muted">Nobody has joined.</p>
      ) : (
        <ul>
          {newcomers.rows.map((person) => (
            <PersonRow
              key={person.id}
              person={person}
              aside={`${person.invited ? "invited" : "since"} ${formatDate(person.fromDate)}${
                person.status ? "" : " · WakaTime not connected"
              }`}
            />
          ))}
        </ul>
      )}
      <MoreRows shown={newcomers.rows.length} total={newcomers.total} />
    </Panel>
  );
}
