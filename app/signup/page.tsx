import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { GatePage } from "@/components/layout/gate-page";
import { getViewer } from "@/lib/auth/current";
import { landingFor } from "@/lib/auth/landing";
import { SignUpForm } from "./sign-up-form";

export const metadata: Metadata = { title: "Sign up" };

export default async function SignUpPage() {
  const viewer = await getViewer();
  if (viewer) redirect(landingFor(viewer.role));
  return (
    <GatePage
      title="Create an account"
      lead="Without a registration key you can look around once staff let you in."
      foot={
        <>
          Have a key?{" "}
          <Link href="/signup/student" className="text-ink underline underline-offset-2">
            Join your batch
          </Link>
          . Have an account?{" "}
          <Link href="/login" className="text-ink underline underline-offset-2">
            Sign in
          </Link>
          .
        </>
      }
    >
      <SignUpForm />
    </GatePage>
  );
}
