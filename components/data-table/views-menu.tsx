"use client";

import { Bookmark, Pin, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useCallback, useEffect, useId, useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import type { SavedView } from "@/db/queries/saved-views";
import type { AnyList, ListValues } from "@/lib/lists/definition";

type Props = {
  list: AnyList;
  state: ListValues<AnyList>;
  /** The list's state as a view keeps it. */
  query: string;
  columns: string[] | null;
};

type Loaded = { views: SavedView[]; first: string | null };

/** One's own and shared views of the list. The one that is open shows on the button, and whether it was changed since. */
export function ViewsMenu({ list, state, query, columns }: Props) {
  const id = useId();
  const router = useRouter();
  const [loaded, setLoaded] = useState<Loaded | "failed" | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const source = `/api/lists/${list.name}/views`;

  const load = useCallback(async () => {
    const response = await fetch(source).catch(() => null);
    setLoaded(response?.ok ? ((await response.json()) as Loaded) : "failed");
  }, [source]);

  useEffect(() => {
    if (state.view) void load();
  }, [state.view, load]);

  const views = loaded && loaded !== "failed" ? loaded.views : [];
  const current = views.find((view) => view.id === state.view);
  const changed = current && current.query !== query;
  const href = (view: SavedView) => `${list.path}${view.query}${view.query ? "&" : "?"}view=${view.id}`;

  /** Does it at the server, then reads the views again; says what went wrong. */
  const send = async (path: string, method: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(path, {
      method,
      headers: { "Content-Type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch(() => null);
    const answer = (await response?.json().catch(() => null)) as { message?: string } | null;
    setTrouble(response?.ok ? null : (answer?.message ?? "That did not work. Please try again."));
    await load();
    return response?.ok ? answer : null;
  };

  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const made = await send(source, "POST", {
      name: String(data.get("name") ?? ""),
      query,
      columns,
      isShared: data.get("shared") === "on",
    });
    if (!made) return;
    form.reset();
    router.replace(`${list.path}${query}${query ? "&" : "?"}view=${(made as { id: number }).id}`, { scroll: false });
  };

  return (
    <>
      <button type="button" popoverTarget={id} className={buttonClass()} style={{ anchorName: `--${id}` }}>
        <Bookmark aria-hidden className="size-3.5 text-muted" />
        {current ? current.name : "Views"}
        {changed ? <span className="text-muted">(changed)</span> : null}
      </button>
      <div
        id={id}
        popover="auto"
        className="hanging w-80 p-3"
        style={{ positionAnchor: `--${id}` }}
        onToggle={(event) => {
          if (event.newState === "open") void load();
        }}
      >
        {loaded === "failed" ? (
          <p role="alert" className="mb-2 text-sm text-bad">
            The views did not load.{" "}
            <button type="button" className="underline" onClick={() => void load()}>
              Try again
            </button>
          </p>
        ) : null}
        <ul className="max-h-72 overflow-y-auto">
          {views.map((view) => (
            <li key={view.id} className="flex items-center gap-1">
              <Link
                href={href(view)}
                aria-current={view.id === state.view ? "true" : undefined}
                className="tap min-w-0 flex-1 truncate rounded px-2 py-1.5 text-sm hover:bg-sunken aria-[current]:font-medium"
              >
                {view.name}
                <span className="label ml-2">{view.isMine ? (view.isShared ? "shared" : "") : view.owner}</span>
              </Link>
              <ViewButton
                label={loaded !== "failed" && loaded?.first === view.query ? "Opens first: do not" : "Open this first"}
                pressed={loaded !== "failed" && loaded?.first === view.query}
                icon={Pin}
                onClick={() =>
                  void send(`/api/lists/${list.name}/choice`, "PUT", {
                    view: loaded !== "failed" && loaded?.first === view.query ? null : view.query,
                  }).then(() => router.refresh())
                }
              />
              {view.isMine ? (
                <ViewButton
                  label={`Delete the view ${view.name}`}
                  icon={Trash2}
                  onClick={() => void send(`${source}/${view.id}`, "DELETE")}
                />
              ) : null}
            </li>
          ))}
        </ul>
        {loaded && loaded !== "failed" && views.length === 0 ? (
          <p className="px-2 pb-2 text-sm text-muted">No saved views of this list yet.</p>
        ) : null}
        {changed ? (
          <div className="flex gap-2 border-t pt-3 pb-1">
            {current.isMine ? (
              <Button small onClick={() => void send(`${source}/${current.id}`, "PATCH", { query, columns })}>
                Save the change
              </Button>
            ) : null}
            <Link href={href(current)} className={buttonClass({ small: true })}>
              Back to “{current.name}”
            </Link>
          </div>
        ) : null}
        <form onSubmit={save} className="mt-1 grid gap-2 border-t pt-3">
          <label className="grid gap-1 text-sm font-medium">
            Save this as a view
            <input name="name" required maxLength={60} className="control w-full" autoComplete="off" />
          </label>
          <label className="flex items-center gap-2 text-sm">
            <input type="checkbox" name="shared" className="size-4 accent-accent" />
            Share it with all staff
          </label>
          {trouble ? (
            <p role="alert" className="text-sm text-bad">
              {trouble}
            </p>
          ) : null}
          <Button type="submit" small className="justify-self-start">
            Save
          </Button>
        </form>
      </div>
    </>
  );
}

type ViewButtonProps = { label: string; icon: typeof Pin; pressed?: boolean; onClick: () => void };

function ViewButton({ label, icon: Icon, pressed, onClick }: ViewButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className="tap inline-flex size-8 shrink-0 items-center justify-center rounded text-muted hover:bg-sunken hover:text-ink aria-pressed:text-accent"
    >
      <Icon aria-hidden className="size-3.5" />
      <span className="sr-only">{label}</span>
    </button>
  );
}
