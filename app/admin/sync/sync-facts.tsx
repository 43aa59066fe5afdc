import { Figure } from "@/components/ui/figure";
import type { SyncOverview } from "@/db/queries/sync-overview";
import { formatCount } from "@/lib/format";

const ENTRIES: { key: keyof SyncOverview["students"]; label: string; href?: string; trouble?: boolean }[] = [
  { key: "connected", label: "Connected", href: "/admin/sync/students?state=active" },
  {
    key: "needsReconnect",
    label: "Reconnect needed",
    href: "/admin/sync/students?state=needs_reconnect",
    trouble: true,
  },
  { key: "scopeMissing", label: "Permission missing", href: "/admin/sync/students?state=scope_missing", trouble: true },
  { key: "neverConnected", label: "Never connected" },
];

/** The current students by the state of their link; the lists behind the numbers have former ones too. */
export function SyncFacts({ students }: { students: SyncOverview["students"] }) {
  return (
    <section aria-label="Links of the current students" className="mb-8">
      <dl className="grid grid-cols-2 border-t sm:grid-cols-4">
        {ENTRIES.map(({ key, label, href, trouble }) => (
          <Figure key={key} label={label} href={href}>
            <dd
              data-count={key}
              className={`text-2xl font-medium tracking-tight ${trouble && students[key] > 0 ? "text-bad" : ""}`}
            >
              {formatCount(students[key])}
            </dd>
          </Figure>
        ))}
      </dl>
      <p className="label mt-2">
        Students with an active enrolment. The lists behind the numbers have former ones too.
      </p>
    </section>
  );
}
