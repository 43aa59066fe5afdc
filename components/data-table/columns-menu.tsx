"use client";

import { Columns3 } from "lucide-react";
import { useId, useState } from "react";
import { buttonClass } from "@/components/ui/button";
import { Glyph } from "@/components/ui/glyph";
import type { AnyList } from "@/lib/lists/definition";

type Props = {
  list: AnyList;
  shown: string[];
  /** The columns are a view's: another choice belongs to it, and is not remembered for the list. */
  inView: boolean;
  onView: (columns: string[] | undefined) => void;
  onChoose: (columns: string[] | undefined) => void;
};

/** Which columns show, remembered for the person. The choice shows at once and is taken back when it cannot be kept. */
export function ColumnsMenu({ list, shown, inView, onView, onChoose }: Props) {
  const id = useId();
  // Drawn when it is first opened: most pages are left without.
  const [drawn, setDrawn] = useState(false);
  const [failed, setFailed] = useState(false);
  const all = Object.entries(list.columns) as [string, string][];

  const choose = async (columns: string[] | undefined) => {
    if (inView) return onView(columns);
    onChoose(columns);
    setFailed(false);
    const response = await fetch(`/api/lists/${list.name}/choice`, {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ columns: columns ?? null }),
    }).catch(() => null);
    if (response?.ok) return;
    onChoose(shown);
    setFailed(true);
  };

  return (
    <>
      <button type="button" popoverTarget={id} className={buttonClass()} style={{ anchorName: `--${id}` }}>
        <Glyph of={Columns3} className="size-3.5 text-muted" />
        Columns
      </button>
      <div
        id={id}
        popover="auto"
        className="hanging w-56 p-2"
        style={{ positionAnchor: `--${id}` }}
        onBeforeToggle={() => setDrawn(true)}
      >
        {drawn ? (
          <>
            <fieldset>
              <legend className="label px-2 pb-1">Columns of this list</legend>
              {all.map(([column, header], place) => (
                <label
                  key={column}
                  className="tap flex items-center gap-2.5 rounded px-2 py-1.5 text-sm hover:bg-sunken"
                >
                  <input
                    type="checkbox"
                    className="size-4 accent-accent"
                    checked={shown.includes(column)}
                    disabled={place === 0}
                    onChange={(event) =>
                      void choose(
                        all
                          .map(([each]) => each)
                          .filter((each) => (each === column ? event.target.checked : shown.includes(each))),
                      )
                    }
                  />
                  {header}
                </label>
              ))}
            </fieldset>
            <button
              type="button"
              className="tap mt-1 px-2 py-1 text-sm text-muted underline underline-offset-2 hover:text-ink"
              onClick={() => void choose(undefined)}
            >
              As it was at first
            </button>
          </>
        ) : null}
        {failed ? (
          <p role="alert" className="p-2 text-sm text-bad">
            The choice could not be saved.
          </p>
        ) : null}
      </div>
    </>
  );
}
