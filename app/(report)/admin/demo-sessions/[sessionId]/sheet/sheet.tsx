import { zoneWords } from "@/components/demo-session/session-time";
import type { RunningSession, SessionSignup } from "@/db/queries/demo-session-page";
import { localDate } from "@/lib/dates";
import { formatDate, formatDateWithWeekday } from "@/lib/format";

type Props = { session: RunningSession; now: Date };

const MARKED: Partial<Record<SessionSignup["status"], string>> = { presented: "presented", no_show: "no-show" };

/** The running order on paper, with room to tick and to write. What is marked already stands there. */
export function Sheet({ session, now }: Props) {
  const presenting = session.signups.filter(({ status }) => status === "scheduled" || status in MARKED);
  const waiting = session.signups.filter(({ status }) => status === "waitlisted");
  return (
    <main
      id="main"
      className="mx-auto mb-8 max-w-[210mm] overflow-x-auto bg-raised p-6 text-sm shadow-sm sm:p-[14mm] print:m-0 print:max-w-none print:overflow-visible print:bg-transparent print:p-0 print:text-xs print:shadow-none"
    >
      <header className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-b-2 border-ink pb-3">
        <div>
          <p className="label">{session.academyName}</p>
          <h1 className="text-xl font-semibold tracking-tight break-words print:text-lg">{session.title}</h1>
          <p>
            {formatDateWithWeekday(session.sessionDate)}, {session.sessionTime} in {zoneWords(session.timeZone)}
            {session.batchName ? ` · only ${session.batchName}` : ""}
          </p>
          {session.state === "cancelled" ? <p className="font-semibold">Cancelled</p> : null}
        </div>
        <p className="text-muted">Printed on {formatDate(localDate(now, session.academyZone))}</p>
      </header>
      {session.meetingUrl ? <p className="mb-3 break-all">{session.meetingUrl}</p> : null}
      {session.notes ? <p className="mb-3 max-w-prose whitespace-pre-line">{session.notes}</p> : null}
      {presenting.length === 0 ? <p className="text-muted">Nobody has a place yet.</p> : null}
      {presenting.length > 0 ? (
        <table className="w-full border-collapse">
          <caption className="mb-1.5 text-left text-sm font-semibold">Running order</caption>
          <thead>
            <tr className="border-b border-ink text-left align-bottom">
              {["", "Student", "Demo", "Presented", "No-show", "Stars", "Notes"].map((title) => (
                <th key={title} scope="col" className="py-1 pr-2 font-medium">
                  {title || <span className="sr-only">Place</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {presenting.map((signup, index) => (
              <tr key={signup.id} className="h-14 break-inside-avoid border-b align-top">
                <td className="py-1.5 pr-2 text-right">{index + 1}</td>
                <td className="py-1.5 pr-2">
                  <span className="font-medium">{signup.name}</span>
                  <span className="label block">{signup.batchName}</span>
                </td>
                <td className="py-1.5 pr-2">
                  {signup.demo?.title ?? <span className="text-muted">–</span>}
                  {signup.signupNotes ? <span className="label block">{signup.signupNotes}</span> : null}
                </td>
                <td className="py-1.5 pr-2">{tick(signup.status === "presented")}</td>
                <td className="py-1.5 pr-2">{tick(signup.status === "no_show")}</td>
                <td className="py-1.5 pr-2 whitespace-nowrap">{signup.rating ? `${signup.rating} of 5` : ""}</td>
                <td className="w-[30%] py-1.5 whitespace-pre-line">{signup.notes}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {waiting.length > 0 ? (
        <section className="mt-4 break-inside-avoid">
          <h2 className="mb-1 text-sm font-semibold">Waiting list</h2>
          <ol className="list-inside list-decimal">
            {waiting.map(({ id, name, demo }) => (
              <li key={id}>
                {name}
                {demo ? <span className="text-muted">, {demo.title}</span> : null}
              </li>
            ))}
          </ol>
        </section>
      ) : null}
    </main>
  );
}

/** A box on paper, ticked or to tick. */
const tick = (done: boolean) => (
  <span className="inline-flex size-4 items-center justify-center border border-ink text-xs">
    <span aria-hidden>{done ? "✓" : ""}</span>
    <span className="sr-only">{done ? "yes" : "open"}</span>
  </span>
);
