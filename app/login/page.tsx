import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { GatePage } from "@/components/layout/gate-page";
import { getViewer } from "@/lib/auth/current";
import { landingFor, safeReturnPath } from "@/lib/auth/landing";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

export default async function LoginPage({ searchParams }: PageProps<"/login">) {
  const { next, password } = await searchParams;
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
      {password === "changed" ? (
        <p role="status" className="mb-4 border-l-2 border-good pl-3 text-sm text-good">
          Your password is changed. Please sign in with the new one.
        </p>
      ) : null}
      <SignInForm next={returnPath} />
      <p className="mt-4 text-sm">
        <Link href="/forgot-password" className="reach text-muted underline underline-offset-2 hover:text-ink">
          Forgot your password?
        </Link>
      </p>
    </GatePage>
  );
}
