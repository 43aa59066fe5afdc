"use client";

// Every page carries this along in case it is needed: as a reference, not as markup.
import Link from "next/link";
import { PageHeader } from "@/components/layout/page-header";

/** In place of a page that staff may not see. */
export default function Forbidden() {
  return (
    <>
      <PageHeader title="This page is for admins" />
      <p>
        Your account is an instructor’s: an admin can tell you what stands here.{" "}
        <Link href="/admin" className="underline underline-offset-2">
          Go to the dashboard
        </Link>
      </p>
    </>
  );
}
