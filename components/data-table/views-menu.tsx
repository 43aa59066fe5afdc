"use client";

import { Bookmark } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useCallback, useEffect, useId, useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { Glyph } from "@/components/ui/glyph";
import { Skeleton } from "@/components/ui/skeleton";
import type { SavedView } from "@/db/queries/saved-views";
import { type AnyList, type ListValues, viewSearch } from "@/lib/lists/definition";
import { ViewItem } from "./view-item";

type Props = {
  list: AnyList;
  state: ListValues<AnyList>;
  /** The list's state as a view keeps it; null are the list's own columns. */
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
  const [deleted, setDeleted] = useState<SavedView | null>(null);
  // Drawn when it is first opened: most pages are left without.
  const [drawn, setDrawn] = useState(false);
  const source = `/api/lists/${list.name}/views`;

  const load = useCallback(async () => {
    const response = await fetch(source).catch(() => null);
    setLoaded(response?.ok ? ((await response.json()) as Loaded) : "failed");
  }, [source]);

  useEffect(() => {
    if (state.view) void load();
  }, [state.view, load]);

  const { views, first } = loaded && loaded !== "failed" ? loaded : { views: [], first: null };
  const current = views.find((view) => view.id === state.view);
  const changed = current && (current.query !== query || String(current.columns ?? "") !== String(state.columns ?? ""));
  const href = (view: SavedView) => `${list.path}${viewSearch(view)}`;

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
    // The navigation leads to the view that opens first, which a new one never is.
    if (method !== "POST") router.refresh();
    return response?.ok ? answer : null;
  };

  const restore = async ({ name, query, columns, isShared }: SavedView) => {
    if (await send(source, "POST", { name, query, columns, isShared })) setDeleted(null);
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
    router.replace(`${list.path}${viewSearch({ id: (made as { id: number }).id, query, columns })}`, { scroll: false });
  };

  return (
    <>
      <button type="button" popoverTarget={id} className={buttonClass()} style={{ anchorName: `--${id}` }}>
        <Glyph of={Bookmark} className="size-3.5 text-muted" />
        {current ? current.name : "Views"}
        {changed ? <span className="text-muted">{" (changed)"}</span> : null}
      </button>
      <div
        id={id}
        popover="auto"
        className="hanging w-80 p-3"
        style={{ positionAnchor: `--${id}` }}
        onBeforeToggle={() => setDrawn(true)}
        onToggle={(event) => {
          if (event.newState === "open") void load();
        }}
      >
        {drawn ? (
          <>
            {loaded === "failed" ? (
              <p role="alert" className="mb-2 text-sm text-bad">
                The views did not load.{" "}
                <button type="button" className="underline" onClick={() => void load()}>
                  Try again
                </button>
              </p>
            ) : null}
            {loaded === null ? <Skeleton lines={2} className="px-2 pb-3" /> : null}
            <ul className="max-h-72 overflow-y-auto">
              {views.map((view) => (
                <ViewItem
                  key={view.id}
                  view={view}
                  href={href(view)}
                  isOpen={view.id === state.view}
                  isFirst={first === viewSearch(view)}
                  onFirst={(isFirst) =>
                    void send(`/api/lists/${list.name}/choice`, "PUT", { view: isFirst ? viewSearch(view) : null })
                  }
                  onShare={(isShared) => void send(`${source}/${view.id}`, "PATCH", { isShared })}
                  onDelete={async () => {
                    if (await send(`${source}/${view.id}`, "DELETE")) setDeleted(view);
                  }}
                />
              ))}
            </ul>
            {deleted ? (
              <p role="status" className="flex items-center justify-between gap-2 px-2 py-1 text-sm text-muted">
                <span className="truncate">“{deleted.name}” is deleted.</span>
                <Button small look="quiet" onClick={() => void restore(deleted)}>
                  Undo
                </Button>
              </p>
            ) : null}
            {loaded && loaded !== "failed" && views.length === 0 ? (
              <p className="px-2 pb-2 text-sm text-muted">No saved views of this list yet.</p>
            ) : null}
            {changed ? (
              <div className="flex gap-2 border-t pt-3 pb-1">
                {current.isMine ? (
                  <Button
                    small
                    onClick={() => void send(`${source}/${current.id}`, "PATCH", { query, columns: state.columns })}
                  >
                    Save the change
                  </Button>
                ) : null}
                <Link href={href(current)} prefetch={false} className={buttonClass({ small: true })}>
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
          </>
        ) : null}
      </div>
    </>
  );
}
