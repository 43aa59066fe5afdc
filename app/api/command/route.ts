import { getDb } from "@/db/client";
import { searchCommands } from "@/db/queries/command";
import { apiBare, apiRoute } from "@/lib/api";
import { staffActions, staffPages } from "@/lib/auth/staff-pages";
import { withoutNul } from "@/lib/input";

const FEWEST_LETTERS = 2;
const MOST_LETTERS = 100;

/** Whole sentences match by the beginnings of their words: `audit`, `log`, `cr ba`. */
const matches = (label: string, words: string[]): boolean => {
  const parts = label.toLowerCase().split(/\s+/);
  return words.every((word) => parts.some((part) => part.startsWith(word)));
};

/** What the command menu offers for `?q=`: pages and actions of this person, people and batches. */
export const GET = apiRoute("staff", async ({ request, viewer }) => {
  const q = String(withoutNul(new URL(request.url).searchParams.get("q") ?? ""))
    .trim()
    .slice(0, MOST_LETTERS);
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const found =
    q.length >= FEWEST_LETTERS ? await searchCommands(getDb(), q, viewer, new Date()) : { people: [], batches: [] };
  return apiBare({
    q,
    people: found.people.map(({ id, name, role, studentId, disabled, batchName, status }) => ({
      href: role === "student" && studentId ? `/admin/students/${studentId}` : `/admin/users?open=${id}`,
      label: name,
      hint: [disabled ? "disabled" : role, batchName && status !== "active" ? `${status} · ${batchName}` : batchName]
        .filter(Boolean)
        .join(" · "),
    })),
    batches: found.batches.map(({ id, name, startDate, archived }) => ({
      href: `/admin/batches/${id}`,
      label: name,
      hint: archived ? "archived" : `from ${startDate}`,
    })),
    pages: staffPages(viewer)
      .filter(({ label }) => matches(label, words))
      .map(({ href, label }) => ({ href, label })),
    actions: staffActions(viewer).filter(({ label }) => matches(label, words)),
  });
});
