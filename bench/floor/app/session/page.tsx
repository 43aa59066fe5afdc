import { requireStaff } from "@/lib/auth/current";

/** The empty page behind the session check that every page of staff begins with: its cookie and its statement. */
export default async function EmptyPageWithSession() {
  await requireStaff("/session");
  return <p>Nothing</p>;
}
