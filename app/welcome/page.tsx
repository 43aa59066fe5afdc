import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { GatePage } from "@/components/layout/gate-page";
import { Button } from "@/components/ui/button";
import { requireViewer } from "@/lib/auth/current";
import { landingFor } from "@/lib/auth/landing";
import { DeletionBanner } from "../deletion-banner";
import { signOutAction } from "../sign-out";
import { KeyForm } from "./key-form";

export const metadata: Metadata = { title: "Welcome" };

/** The waiting page of role `user`: nothing to see yet, and what to do about it. */
export default async function WelcomePage() {
  const viewer = await requireViewer("/welcome");
  if (viewer.role !== "user") redirect(landingFor(viewer.role));
  return (
    <GatePage
      title={`Welcome, ${viewer.name}`}
      lead="Your account is ready, but it belongs to no batch yet. Ask your academy for the registration key of your batch, or wait until staff enrol you."
      foot={
        <form action={signOutAction} className="flex items-center justify-between gap-3">
          <span className="min-w-0 truncate">
            Signed in as{" "}
            <Link href="/account" title="Your account" className="text-ink underline underline-offset-2">
              {viewer.email}
            </Link>
          </span>
          <Button type="submit" look="quiet" small>
            Sign out
          </Button>
        </form>
      }
    >
      <DeletionBanner viewer={viewer} />
      <KeyForm />
    </GatePage>
  );
}
