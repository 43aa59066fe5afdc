import { Figure } from "@/components/ui/figure";
import type { Totals } from "@/db/queries/totals";
import { formatCount } from "@/lib/format";

// A total leads to the list behind it, as far as that list exists.
const ENTRIES: { key: keyof Totals; label: string; href?: string }[] = [
  { key: "users", label: "Users", href: "/admin/users" },
  { key: "students", label: "Students", href: "/admin/users?role=student" },
  { key: "instructors", label: "Instructors", href: "/admin/users?role=instructor" },
  { key: "admins", label: "Admins", href: "/admin/users?role=admin" },
  { key: "activeBatches", label: "Active batches", href: "/admin/batches?state=running" },
  { key: "usersWithWakatime", label: "With WakaTime" },
  { key: "demos", label: "Demos" },
  { key: "certificates", label: "Certificates", href: "/admin/certificates" },
];

export function TotalsRow({ totals }: { totals: Totals }) {
  return (
    <dl className="grid grid-cols-2 border-t sm:grid-cols-4 xl:grid-cols-8">
      {ENTRIES.map(({ key, label, href }) => (
        <Figure key={key} label={label} href={href}>
          <dd className="text-2xl font-medium tracking-tight" data-total={key}>
            {formatCount(totals[key])}
          </dd>
        </Figure>
      ))}
    </dl>
  );
}
