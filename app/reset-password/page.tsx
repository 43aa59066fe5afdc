import type { Metadata } from "next";
import Link from "next/link";
import { GatePage } from "@/components/layout/gate-page";
import { buttonClass } from "@/components/ui/button";
import { getDb } from "@/db/client";
import { getOpenLink } from "@/db/queries/user-token";
import { ResetForm } from "./reset-form";

export const metadata: Metadata = { title: "New password", referrer: "no-referrer" };

/** Opening it spends nothing: mail programs open links too. Only setting the password does. */
export default async function ResetPasswordPage({ searchParams }: PageProps<"/reset-password">) {
  const { token } = await searchParams;
  const link = typeof token === "string" ? await getOpenLink(getDb(), "reset", token) : null;
  if (typeof token !== "string" || !link) {
    return (
      <GatePage
        title="This link no longer works"
        lead="It has been used, a newer one has been mailed, or its hour is over."
      >
        <Link href="/forgot-password" className={buttonClass({ look: "primary" })}>
          Ask for a new link
        </Link>
      </GatePage>
    );
  }
  return (
    <GatePage
      title="Choose a new password"
      lead={`For ${link.email}. You are then signed out everywhere and sign in with the new one.`}
    >
      <ResetForm token={token} email={link.email} />
    </GatePage>
  );
}
