import { Fragment } from "react";
import { OutsideLink } from "@/components/ui/outside-link";
import type { OwnAssignment } from "@/db/queries/portal-project";
import { formatDate } from "@/lib/format";

/** Links and offer that a student keeps with a project, as they are saved; `brief` leaves out what is not given. */
export function OwnFacts({ assignment, brief = false }: { assignment: OwnAssignment; brief?: boolean }) {
  const { resumeUrl, linkedinUrl, offerDate } = assignment;
  const facts = [
    ["Resume", resumeUrl && <OutsideLink href={resumeUrl}>{shortAddress(resumeUrl)}</OutsideLink>],
    ["LinkedIn", linkedinUrl && <OutsideLink href={linkedinUrl}>{shortAddress(linkedinUrl)}</OutsideLink>],
    ["Offer date", offerDate && formatDate(offerDate)],
  ] as const;
  const shown = facts.filter(([, value]) => value || !brief);
  if (shown.length === 0) return null;
  return (
    <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-4 gap-y-2 text-sm [&>dt]:text-muted">
      {shown.map(([label, value]) => (
        <Fragment key={label}>
          <dt>{label}</dt>
          <dd className="min-w-0">{value || <span className="text-muted">not given</span>}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** `linkedin.com/in/ana` from `https://www.linkedin.com/in/ana/`. */
function shortAddress(address: string): string {
  return address.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
}
