import Link from "next/link";
import { buttonClass } from "@/components/ui/button";

/** To the import and the invitations, from the lists of people. */
export function ImportLink() {
  return (
    <Link href="/admin/import" prefetch={false} className={buttonClass({ small: true })}>
      Import or invite
    </Link>
  );
}
