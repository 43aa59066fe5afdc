import type { ReactNode } from "react";
import { BarList } from "@/components/charts/bar-list";
import { WeekBars } from "@/components/charts/week-bars";
import type { FreshnessWords } from "@/components/coding/freshness-words";
import { periodWords, ratingWords } from "@/components/student/words";
import type { StudentPage } from "@/db/queries/student-page";
import { codingTotal, codingWeeks } from "@/lib/analytics/coding-weeks";
import { dailyAverageMs } from "@/lib/analytics/daily-average";
import { addDays, daysBetween, localDate } from "@/lib/dates";
import { formatDate, formatDuration } from "@/lib/format";

/** What fits on the page below one another. */
const SHOWN_NAMES = 5;

type Props = { student: StudentPage; weeks: number; freshness: FreshnessWords; now: Date };

/** The page of paper itself: head, key numbers, weeks, what was coded in, demos and certificates. */
export function Report({ student, weeks, freshness, now }: Props) {
  const { today, from, days, languages, projects, demos, certificates, signups } = student;
  const period = periodWords(from, today);
  const asOf = freshness.at ? `as of ${freshness.at.exact}` : freshness.label;
  const total = codingTotal(days, from, today);
  const average = dailyAverageMs(total.totalMs, total.daysWithRow);
  const byMonday = new Map(codingWeeks(days).map((week) => [week.monday, week]));
  const bars = Array.from({ length: weeks }, (_, index) => {
    const monday = addDays(from, index * 7);
    return byMonday.get(monday) ?? { monday, totalMs: null, daysWithCoding: 0 };
  });
  const none = <span className="text-muted">–</span>;
  return (
    <main
      id="main"
      className="mx-auto mb-8 max-w-[210mm] bg-raised p-6 text-sm shadow-sm print:text-xs sm:p-[14mm] print:m-0 print:max-w-none print:bg-transparent print:p-0 print:shadow-none"
    >
      <header className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-b-2 border-ink pb-3 print:mb-3 print:flex-nowrap">
        <div>
          <p className="label">{student.academyName}</p>
          <h1 className="text-xl font-semibold tracking-tight break-words print:text-lg">{student.name}</h1>
          <p>
            {student.batchName ?? "in no batch"}
            {student.status ? `, ${student.status}` : null}
          </p>
        </div>
        <dl className="grid shrink-0 grid-cols-[auto_auto] gap-x-3 text-right">
          <Fact label="Period">{period}</Fact>
          <Fact label="Coding time">{asOf}</Fact>
          <Fact label="Printed on">{formatDate(localDate(now, student.zone))}</Fact>
        </dl>
      </header>

      <dl className="mb-4 grid grid-cols-2 gap-x-6 gap-y-2 border-b pb-3 sm:grid-cols-4 print:grid-cols-4">
        <KeyNumber label={`coding time, ${asOf}`}>
          {total.totalMs === null ? none : formatDuration(total.totalMs)}
        </KeyNumber>
        <KeyNumber label={`daily average of ${total.daysWithRow} days with data`}>
          {average === null ? none : formatDuration(average)}
        </KeyNumber>
        <KeyNumber label={`days with coding of ${daysBetween(from, today) + 1}`}>{total.daysWithCoding}</KeyNumber>
        <KeyNumber
          label={
            signups.rated > 0
              ? `demos presented, ever; rated ${ratingWords(signups.averageRating ?? 0)}`
              : "demos presented, ever"
          }
        >
          {signups.presented}
        </KeyNumber>
      </dl>

      <Part title="Coding by week" aside={`${period}; ${asOf}`}>
        <WeekBars caption={`Coding time by week, ${period}`} weeks={bars} />
        <p className="label mt-1">
          Weeks begin on Monday. The last one runs until {formatDate(addDays(from, weeks * 7 - 1))}.
        </p>
      </Part>

      <div className="grid gap-x-8 sm:grid-cols-2 print:grid-cols-2">
        <Part title="Languages" aside={detailWords(student.daysWithItems, total.daysWithCoding)}>
          <Names heading="Language" items={languages} period={period} />
        </Part>
        <Part title="Projects coded on" aside={detailWords(student.daysWithItems, total.daysWithCoding)}>
          <Names
            heading="Project"
            items={student.hidesProjectNames ? withoutNames(projects) : projects}
            period={period}
          />
          {student.hidesProjectNames && projects.length > 0 ? (
            <p className="label mt-1.5">The student hides the names.</p>
          ) : null}
        </Part>
        <Part title="Demos" aside={countWords(demos.rows.length, demos.total)}>
          {demos.total === 0 ? <p className="text-muted">None yet.</p> : null}
          <ul>
            {demos.rows.map(({ id, title, date }) => (
              <Line key={id} left={title} right={date ? formatDate(date) : "no date"} />
            ))}
          </ul>
        </Part>
        <Part title="Certificates" aside={countWords(certificates.rows.length, certificates.total)}>
          {certificates.total === 0 ? <p className="text-muted">None yet.</p> : null}
          <ul>
            {certificates.rows.map((each) => (
              <Line
                key={each.id}
                left={`${each.name}, ${each.issuer}`}
                right={each.revoked ? "revoked" : formatDate(each.issued)}
              />
            ))}
          </ul>
        </Part>
      </div>
    </main>
  );
}

const countWords = (shown: number, total: number) => (total > shown ? `the latest ${shown} of ${total}` : null);

/** What was coded in is not kept as long as how much. */
const detailWords = (stored: number, coded: number) =>
  stored < coded ? `details of ${stored} of ${coded} days with coding` : null;

/** The times stay: what is hidden is what the projects are called. */
const withoutNames = (items: { name: string; ms: number }[]) =>
  items.map(({ ms }, index) => ({ name: `Project ${index + 1}`, ms }));

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function KeyNumber({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-col-reverse justify-end">
      <dt className="label">{label}</dt>
      <dd className="text-lg font-semibold tracking-tight">{children}</dd>
    </div>
  );
}

function Part({ title, aside, children }: { title: string; aside: string | null; children: ReactNode }) {
  return (
    <section className="mb-4 break-inside-avoid print:mb-3">
      <header className="mb-1.5 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="text-sm font-semibold">{title}</h2>
        {aside ? <p className="label">{aside}</p> : null}
      </header>
      {children}
    </section>
  );
}

function Names({ heading, items, period }: { heading: string; items: { name: string; ms: number }[]; period: string }) {
  if (items.length === 0) return <p className="text-muted">No details for these days.</p>;
  const caption = `Coding time by ${heading.toLowerCase()}, ${period}`;
  return <BarList caption={caption} heading={heading} items={items} shown={SHOWN_NAMES} table={false} />;
}

function Line({ left, right }: { left: string; right: string }) {
  return (
    <li className="flex justify-between gap-x-4 border-b py-1 print:py-0.5">
      <span className="line-clamp-1 min-w-0">{left}</span>
      <span className="shrink-0 text-muted">{right}</span>
    </li>
  );
}
