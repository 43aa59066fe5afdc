import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { GatePage } from "@/components/layout/gate-page";
import { getViewer } from "@/lib/auth/current";
import { landingFor, safeReturnPath } from "@/lib/auth/landing";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

export default async function LoginPage({ searchParams }: PageProps<"/login">) {
  const { next } = await searchParams;
  const viewer = await getViewer();
  const returnPath = safeReturnPath(typeof next === "string" ? next : null);
  if (viewer) redirect(returnPath ?? landingFor(viewer.role));
  return (
    <GatePage
      title="Sign in"
      lead="Who is coding, who is stuck, who presents on Friday."
      foot={
        <>
          New here?{" "}
          <Link href="/signup/student" className="text-ink underline underline-offset-2">
            Join your batch
          </Link>{" "}
          with a registration key, or{" "}
          <Link href="/signup" className="text-ink underline underline-offset-2">
            sign up without one
          </Link>
          .
        </>
      }
    >
      <SignInForm next={returnPath} />
    </GatePage>
  );
}
