import Link from "next/link";
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
  const clashes = holidays.filter(({ session }) => session !== null).length;
  return (
    <div id="holidays">
      <Panel title="Holidays" aside="no absence is counted on them">
        <div className="mb-4 flex flex-wrap gap-2">
          <AddHoliday />
          <ImportHolidays />
        </div>
        {/* Beside the buttons: the row itself may stand far below them. */}
        <p role="status" className={clashes > 0 ? "mb-4 text-sm text-warn" : undefined}>
          {clashWords(clashes)}
        </p>
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
            <td className="py-1 pr-3 break-words">
              {holiday.name}
              {holiday.session ? <Clash session={holiday.session} /> : null}
            </td>
            <td className="py-1 text-right whitespace-nowrap">
              <EditHoliday holiday={holiday} /> <DeleteHoliday holiday={holiday} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function clashWords(clashes: number): string | null {
  if (clashes === 0) return null;
  if (clashes === 1) return "A demo session is planned on one of them. If it falls away, cancel it on its page.";
  return `Demo sessions are planned on ${formatCount(clashes)} of them. Those that fall away are cancelled on their pages.`;
}

/** A holiday keeps the weekly rule away; a session that stood there before stays until somebody cancels it. */
function Clash({ session }: { session: NonNullable<Holiday["session"]> }) {
  return (
    <p className="text-warn">
      Demo session planned:{" "}
      <Link href={`/admin/demo-sessions/${session.id}`} className="reach underline underline-offset-2">
        {session.title}
      </Link>
    </p>
  );
}
