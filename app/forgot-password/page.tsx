import type { Metadata } from "next";
import Link from "next/link";
import { GatePage } from "@/components/layout/gate-page";
import { ResetRequestForm } from "./reset-request-form";

export const metadata: Metadata = { title: "Forgot password" };

const back = (
  <Link href="/login" className="reach text-ink underline underline-offset-2">
    Back to sign in
  </Link>
);

export default async function ForgotPasswordPage({ searchParams }: PageProps<"/forgot-password">) {
  const { asked } = await searchParams;
  if (asked) {
    return (
      <GatePage title="Look into your mailbox" foot={back}>
        <div role="status" className="grid gap-3">
          <p>If there is an account with this address, a mail with a link is on its way. The link works for an hour.</p>
          <p className="text-muted">
            Nothing there after a few minutes? Look into the spam folder, then{" "}
            <Link href="/forgot-password" className="text-ink underline underline-offset-2">
              ask again
            </Link>
            , or ask your academy which address it has of you.
          </p>
        </div>
      </GatePage>
    );
  }
  return (
    <GatePage title="Forgot your password?" lead="We mail you a link with which you choose a new one." foot={back}>
      <ResetRequestForm />
    </GatePage>
  );
}
