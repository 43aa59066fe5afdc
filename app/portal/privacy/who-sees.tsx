import type { ReactNode } from "react";

/** Who sees what of a student. Every sentence is about code that exists: whoever changes who sees something changes it here. */
export function WhoSees() {
  return (
    <dl className="text-sm">
      <Group who="All staff" note="instructors and admins">
        <li>
          Your name, your batches with dates and status, your projects with the links and the offer date you give.
        </li>
        <li>
          Your coding time by day, by language and by project with its name, on your page and in analytics, and how
          fresh it is. Your code itself never comes here.
        </li>
        <li>Your demos and certificates, your places in demo sessions with your notes, ratings and feedback.</li>
        <li>
          Signs that you may need help, worked out from these facts and from whether you reach your goals; of the goal
          that is furthest behind its name, but “a project” for a coding project while you hide their names.
        </li>
        <li>When you last signed in, and on how many devices.</li>
        <li>
          What staff note about you: shared notes are read by all staff, private ones by their author alone. You do not
          see either here.
        </li>
      </Group>
      <Group who="Instructors of your batch, and admins">
        <li>Your e-mail address and phone number.</li>
      </Group>
      <Group who="Admins">
        <li>A log of what was changed, by whom, and from which internet address.</li>
        <li>That you were mailed, and when. Where the academy has no mail server, also what the mails say.</li>
        <li>
          The portal as you see it, to help you: they can change nothing there, it is written into the log, and neither
          your calendar link nor the addresses you signed in from are shown.
        </li>
      </Group>
      <Group who="Other students">
        <li>Nothing under your name. Of a demo session they see how many have signed up, not who.</li>
        <li>
          Where at least five of a batch have coding time, its median: one number in the middle, which does not say
          whose it is.
        </li>
      </Group>
      <Group who="Whoever has the address of a certificate">
        <li>Your name, what the academy certified and when, and whether it still holds.</li>
      </Group>
      <Group who="Slack" note="only if you ask for direct messages">
        <li>Your e-mail address, by which it finds you, and the messages to you.</li>
      </Group>
      <Group who="Nobody">
        <li>Your password, of which only a hash is stored, and the keys to your WakaTime, which are encrypted.</li>
      </Group>
    </dl>
  );
}

function Group({ who, note, children }: { who: string; note?: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 gap-y-1 border-b py-3 first:pt-0 last:border-b-0 last:pb-0 sm:grid-cols-[12rem_minmax(0,1fr)]">
      <dt className="font-medium">
        {who}
        {note ? <span className="label block font-normal">{note}</span> : null}
      </dt>
      <dd>
        <ul className="grid list-disc gap-1 pl-4 text-muted marker:text-strong-line">{children}</ul>
      </dd>
    </div>
  );
}
