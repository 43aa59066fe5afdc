import { Panel } from "@/components/ui/panel";
import type { Holiday } from "@/db/queries/settings";
import { formatCount, formatDateWithWeekday } from "@/lib/format";
import { AddHoliday, DeleteHoliday, EditHoliday } from "./holiday-forms";
import { ImportHolidays } from "./holiday-import";

type Props = { holidays: Holiday[]; today: string };

/** Days on which the academy is closed: nobody is missed. Past ones are folded. */
export function Holidays({ holidays, today }: Props) {
  const past = holidays.filter(({ date }) => date < today);
  const coming = holidays.filter(({ date }) => date >= today);
  return (
    <div id="holidays">
      <Panel title="Holidays" aside="no absence is counted on them">
        <div className="mb-4 flex flex-wrap gap-2">
          <AddHoliday />
          <ImportHolidays />
        </div>
        {coming.length === 0 ? (
          <p className="text-sm text-muted">None is coming up.</p>
        ) : (
          <HolidayTable holidays={coming} label="Coming holidays" />
        )}
        {past.length > 0 ? (
          <details className="mt-3">
            <summary className="tap cursor-pointer py-1 text-sm text-muted">
              {formatCount(past.length)} in the past
            </summary>
            <HolidayTable holidays={past.toReversed()} label="Past holidays" />
          </details>
        ) : null}
      </Panel>
    </div>
  );
}

function HolidayTable({ holidays, label }: { holidays: Holiday[]; label: string }) {
  return (
    <table aria-label={label} className="w-full text-sm">
      <thead>
        <tr className="border-b">
          <th scope="col" className="label py-1.5 pr-3 text-left font-medium">
            Day
          </th>
          <th scope="col" className="label py-1.5 pr-3 text-left font-medium">
            Name
          </th>
          <th scope="col">
            <span className="sr-only">Change</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {holidays.map((holiday) => (
          <tr key={holiday.id} className="border-b">
            <td className="py-1 pr-3 whitespace-nowrap">
              <time dateTime={holiday.date}>{formatDateWithWeekday(holiday.date)}</time>
            </td>
            <td className="py-1 pr-3 break-words">{holiday.name}</td>
            <td className="py-1 text-right whitespace-nowrap">
              <EditHoliday holiday={holiday} /> <DeleteHoliday holiday={holiday} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
