import Link from "next/link";
import type { SessionSignup } from "@/db/queries/demo-session-page";
import { standingWords } from "./session-page-words";

/** A sign-up as the page hands it to the browser: who may withdraw it is decided on the server. */
export type BoardSignup = Omit<SessionSignup, "instructorIds"> & { canWithdraw: boolean };

type Shown = Pick<SessionSignup, "studentId" | "name" | "batchName" | "standing" | "demo" | "signupNotes">;

/** Who it is, their batch, and what of their enrolment is not as expected. */
export function SignupName({ signup: { studentId, name, batchName, standing } }: { signup: Shown }) {
  const words = standingWords(standing);
  return (
    <>
      <Link
        href={`/admin/students/${studentId}`}
        prefetch={false}
        className="reach font-medium break-words underline-offset-2 hover:underline"
      >
        {name}
      </Link>
      <span className="label block">
        {batchName ?? "no batch"}
        {words ? <span className="text-warn"> · {words}</span> : null}
      </span>
    </>
  );
}

const isWeb = (url: string) => /^https?:\/\//i.test(url);

/** What they show, and what they wrote when they signed up. */
export function SignupTopic({ signup: { demo, signupNotes } }: { signup: Pick<Shown, "demo" | "signupNotes"> }) {
  return (
    <div className="text-sm break-words">
      {demo?.url && isWeb(demo.url) ? (
        <a
          href={demo.url}
          target="_blank"
          rel="noreferrer nofollow"
          className="reach underline underline-offset-2 hover:text-accent"
        >
          {demo.title}
        </a>
      ) : demo ? (
        demo.title
      ) : (
        <span className="text-muted">no demo attached</span>
      )}
      {signupNotes ? <p className="whitespace-pre-line text-muted">{signupNotes}</p> : null}
    </div>
  );
}
