import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import type { OutboxRow } from "@/db/queries/outbox";
import { formatAgo, formatInstant } from "@/lib/format";
import { channelInWords, kindInWords, STATES } from "./notice-words";

const head = "label h-9 pr-4 text-left font-medium last:pr-0";
const cell = "py-2.5 pr-4 align-top text-sm last:pr-0";

type Props = { notices: OutboxRow[]; now: Date /** Sent ones lie in files and can be opened. */; filed: boolean };

/** On a phone the first column says what the hidden ones do, so that it stays a table. */
export function NoticeTable({ notices, now, filed }: Props) {
  return (
    <table aria-label="Mail" className="w-full">
      <thead>
        <tr className="border-b">
          <th scope="col" className={`${head} max-sm:w-3/5`}>
            Mail
          </th>
          <th scope="col" className={`${head} max-sm:hidden`}>
            To
          </th>
          <th scope="col" className={head}>
            State
          </th>
          <th scope="col" className={`${head} max-sm:hidden`}>
            Written
          </th>
          <th scope="col" className={`${head} max-sm:hidden`}>
            Sent
          </th>
        </tr>
      </thead>
      <tbody>
        {notices.map((notice) => (
          <tr key={notice.id} className="border-b hover:bg-sunken/60">
            <td className={`${cell} font-medium`}>
              {filed && notice.state === "sent" && !notice.channel ? (
                // Opening is audited, so nothing may open it ahead of the click.
                <Link href={`/admin/mail/${notice.id}`} prefetch={false} className="reach underline underline-offset-2">
                  {kindInWords(notice.kind)}
                </Link>
              ) : (
                kindInWords(notice.kind)
              )}
              <div className="font-normal sm:hidden">
                <Recipient notice={notice} />
                <span className="block text-xs text-muted">
                  <When at={notice.createdAt} now={now} />
                </span>
              </div>
            </td>
            <td className={`${cell} max-sm:hidden`}>
              <Recipient notice={notice} />
            </td>
            <td className={cell}>
              <Badge tone={STATES[notice.state].tone}>{STATES[notice.state].label}</Badge>
              {notice.reason ? <span className="block max-w-80 text-xs text-muted">{notice.reason}</span> : null}
              {notice.state === "retrying" && notice.nextAt ? (
                <span className="block text-xs text-muted">Next try {formatInstant(new Date(notice.nextAt))}</span>
              ) : null}
            </td>
            <td className={`${cell} whitespace-nowrap text-muted max-sm:hidden`}>
              <When at={notice.createdAt} now={now} />
            </td>
            <td className={`${cell} whitespace-nowrap text-muted max-sm:hidden`}>
              <When at={notice.sentAt} now={now} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const Recipient = ({ notice: { recipient, email, channel } }: { notice: OutboxRow }) => (
  <>
    {recipient ?? (channel ? channelInWords(channel) : "–")}
    {recipient && channel ? <span className="text-muted">, in Slack</span> : null}
    {email ? <span className="block text-xs break-all text-muted">{email}</span> : null}
  </>
);

function When({ at, now }: { at: string | null; now: Date }) {
  if (!at) return "–";
  const instant = new Date(at);
  return (
    <time dateTime={instant.toISOString()} title={formatInstant(instant)}>
      {formatAgo(instant, now)}
    </time>
  );
}
