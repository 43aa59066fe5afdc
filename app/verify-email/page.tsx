import type { Metadata } from "next";
import Link from "next/link";
import { GatePage } from "@/components/layout/gate-page";
import { buttonClass } from "@/components/ui/button";
import { getDb } from "@/db/client";
import { getOpenLink } from "@/db/queries/user-token";
import { ConfirmForm } from "./confirm-form";

export const metadata: Metadata = { title: "Confirm your e-mail", referrer: "no-referrer" };

const onward = (
  <Link href="/account" className={buttonClass({ look: "primary" })}>
    Go to your account
  </Link>
);

/** Opening it confirms nothing: mail programs open links too. The button does, for whoever holds the link. */
export default async function VerifyEmailPage({ searchParams }: PageProps<"/verify-email">) {
  const { token, confirmed } = await searchParams;
  if (confirmed) {
    return (
      <GatePage title="Thank you" lead="Your e-mail address is confirmed.">
        {onward}
      </GatePage>
    );
  }
  const link = typeof token === "string" ? await getOpenLink(getDb(), "verify", token) : null;
  if (typeof token !== "string" || !link) {
    return (
      <GatePage
        title="This link no longer works"
        lead="It has been used, a newer one has been mailed, or its two days are over. You can have a new one mailed from your account."
      >
        {onward}
      </GatePage>
    );
  }
  return (
    <GatePage title="Confirm your e-mail" lead={`Is ${link.email} your address?`}>
      <ConfirmForm token={token} />
    </GatePage>
  );
}
