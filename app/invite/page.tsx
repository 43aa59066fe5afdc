import type { Metadata } from "next";
import Link from "next/link";
import { GatePage } from "@/components/layout/gate-page";
import { buttonClass } from "@/components/ui/button";
import { getDb } from "@/db/client";
import { getInvitation } from "@/db/queries/invitation";
import { AcceptForm } from "./accept-form";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

const signIn = (
  <Link href="/login" className={buttonClass({ look: "primary" })}>
    Sign in
  </Link>
);

/** Opening it takes nothing up: mail programs open links too. Only choosing a password does. */
export default async function InvitePage({ searchParams }: PageProps<"/invite">) {
  const { token } = await searchParams;
  const invitation = typeof token === "string" ? await getInvitation(getDb(), token) : null;
  if (typeof token !== "string" || !invitation) {
    return (
      <GatePage
        title="This is no invitation"
        lead="The address is not complete, or not one of ours. Open the link in your mail again, or copy the whole of it."
        foot="If that does not help, ask your academy to send the invitation again."
      >
        {signIn}
      </GatePage>
    );
  }
  const { state, academy, name, email, role, batch } = invitation;
  if (state === "accepted") {
    return (
      <GatePage title="You have accepted already" lead={`Sign in at ${academy} with ${email} and your password.`}>
        {signIn}
      </GatePage>
    );
  }
  if (state === "over") {
    return (
      <GatePage
        title="This invitation no longer works"
        lead={`Its seven days are over, or ${academy} has sent you a newer one.`}
        foot={`Look for a newer mail, or ask ${academy} to send the invitation again.`}
      >
        {signIn}
      </GatePage>
    );
  }
  return (
    <GatePage
      title={`Welcome to ${academy}`}
      lead={role === "instructor" ? "You are invited to teach here." : `You are invited${batch ? ` to ${batch}` : ""}.`}
      foot="Not you? Close this page: nothing happens until a password is chosen."
    >
      <dl className="mb-5 grid gap-2 text-sm">
        <div>
          <dt className="label">Name</dt>
          <dd>{name}</dd>
        </div>
        <div>
          <dt className="label">E-mail</dt>
          <dd className="break-all">{email}</dd>
        </div>
      </dl>
      <AcceptForm token={token} email={email} />
    </GatePage>
  );
}
