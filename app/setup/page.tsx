import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { GatePage } from "@/components/layout/gate-page";
import { getDb } from "@/db/client";
import { isSetupToken, isUnclaimed } from "@/db/queries/account";
import { SetupForm } from "./setup-form";

export const metadata: Metadata = { title: "Set up", referrer: "no-referrer" };

/** Opens once, for whoever can read the server's log: makes the first admin of an empty database. */
export default async function SetupPage({ searchParams }: PageProps<"/setup">) {
  const { token } = await searchParams;
  const db = getDb();
  if (!(await isUnclaimed(db))) redirect("/login");
  if (typeof token !== "string" || !(await isSetupToken(db, token))) {
    return (
      <GatePage title="Set up" lead="The link to this page stands in the server's log, with a token that works once.">
        <p className="text-muted">Start the server again for a new link.</p>
      </GatePage>
    );
  }
  return (
    <GatePage title="Set up your academy" lead="You become its first admin.">
      <SetupForm token={token} />
    </GatePage>
  );
}
