"use client";

import { Command } from "cmdk";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { startTransition, useEffect, useState } from "react";
import { chooseTheme } from "./choose-theme";
import { Modal } from "./modal";
import { type Commands, useCommands } from "./use-commands";

type Props = { onClose: () => void; onKeys: () => void; signOut: () => Promise<void> };

const GROUPS = [
  ["people", "People"],
  ["batches", "Batches"],
  ["pages", "Pages"],
  ["actions", "Actions"],
] as const satisfies [keyof Commands, string][];

type Own = { label: string; run: () => void };
type Entry = { value: string; label: string; hint?: string | undefined; run: () => void };

const fits = (label: string, words: string[]) => words.every((word) => label.toLowerCase().includes(word));

/** Finds people, batches, pages and actions. The server says what this person may find; the last few need no server. */
export default function CommandDialog({ onClose, onKeys, signOut }: Props) {
  const router = useRouter();
  const [q, setQ] = useState("");
  const [again, setAgain] = useState(0);
  const [chosen, setChosen] = useState("");
  const { commands, pending, failed } = useCommands(q.trim(), again);

  const own: Own[] = [
    { label: "Light theme", run: () => chooseTheme("light") },
    { label: "Dark theme", run: () => chooseTheme("dark") },
    { label: "Theme as the system", run: () => chooseTheme("system") },
    { label: "Keys", run: onKeys },
    { label: "Sign out", run: () => startTransition(signOut) },
  ];
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = own.filter(({ label }) =>
    words.every((word) =>
      label
        .toLowerCase()
        .split(" ")
        .some((part) => part.startsWith(word)),
    ),
  );

  const groups = GROUPS.map(([key, title]) => {
    // Until the answer is there, what was found before stays as far as it fits: Enter never follows what was not asked for.
    const fitting = (commands?.[key] ?? []).filter(({ label }) => !pending || fits(label, words));
    const found: Entry[] = fitting.map(({ href, label, hint }) => ({
      value: `${key} ${href} ${label}`,
      label,
      hint,
      run: () => {
        onClose();
        router.push(href);
      },
    }));
    if (key === "actions") {
      for (const { label, run } of matching) {
        found.push({
          value: `own ${label}`,
          label,
          run: () => {
            if (run !== onKeys) onClose();
            run();
          },
        });
      }
    }
    return { title, found };
  }).filter(({ found }) => found.length > 0);

  const first = groups[0]?.found[0]?.value ?? "";
  const count = groups.reduce((sum, { found }) => sum + found.length, 0);

  // New answers, new first choice.
  useEffect(() => setChosen(first), [first]);

  return (
    <Modal label="Find or do" onClose={onClose}>
      <Command
        label="Find or do"
        shouldFilter={false}
        vimBindings={false}
        loop
        value={chosen}
        onValueChange={setChosen}
        className="flex max-h-[76dvh] flex-col"
      >
        <div className="flex items-center gap-2.5 border-b px-4">
          <Search aria-hidden className="size-4 shrink-0 text-muted" />
          <Command.Input
            data-first
            value={q}
            onValueChange={setQ}
            maxLength={100}
            placeholder="Name, batch, page or action"
            className="h-12 w-full bg-transparent text-sm outline-none placeholder:text-muted"
          />
        </div>
        <p role="status" className="sr-only">
          {pending ? "Searching" : failed ? "" : `${count} found`}
        </p>
        {failed ? (
          <p role="alert" className="px-4 py-3 text-sm text-bad">
            The search did not answer.{" "}
            <button type="button" className="underline" onClick={() => setAgain(again + 1)}>
              Try again
            </button>
          </p>
        ) : null}
        {count === 0 && !failed ? (
          <p className="px-4 py-6 text-center text-sm text-muted">{pending ? "Searching…" : "Nothing matches."}</p>
        ) : null}
        <Command.List
          hidden={count === 0}
          className={pending ? "overflow-y-auto p-2 opacity-60" : "overflow-y-auto p-2"}
        >
          {groups.map(({ title, found }) => (
            <Command.Group
              key={title}
              heading={title}
              className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted"
            >
              {found.map(({ value, label, hint, run }) => (
                <Command.Item
                  key={value}
                  value={value}
                  onSelect={run}
                  className="tap flex cursor-pointer items-baseline justify-between gap-4 rounded px-2 py-1.5 text-sm data-[selected=true]:bg-sunken"
                >
                  <span className="truncate font-medium">{label}</span>
                  {hint ? <span className="label shrink-0 truncate">{hint}</span> : null}
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Modal>
  );
}
