import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { GatePage } from "@/components/layout/gate-page";
import { getViewer } from "@/lib/auth/current";
import { landingFor } from "@/lib/auth/landing";
import { StudentSignUpForm } from "./student-sign-up-form";

export const metadata: Metadata = { title: "Join your batch", referrer: "no-referrer" };

export default async function StudentSignUpPage() {
  const viewer = await getViewer();
  if (viewer) redirect(landingFor(viewer.role));
  return (
    <GatePage
      title="Join your batch"
      lead="Your registration key puts you into the right batch at once."
      foot={
        <>
          Have an account?{" "}
          <Link href="/login" className="text-ink underline underline-offset-2">
            Sign in
          </Link>
          .
        </>
      }
    >
      <StudentSignUpForm />
    </GatePage>
  );
}
