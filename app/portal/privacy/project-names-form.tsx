"use client";

import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { hideProjectNamesAction } from "./actions";

export function ProjectNamesForm({ hidden }: { hidden: boolean }) {
  const [saved, setSaved] = useState(false);
  return (
    <ActionForm action={hideProjectNamesAction} submit="Save" look="plain" onDone={() => setSaved(true)}>
      {() => (
        <>
          <label className="tap flex items-center gap-2.5 text-sm">
            <input
              type="checkbox"
              name="hidden"
              defaultChecked={hidden}
              onChange={() => setSaved(false)}
              className="size-4 shrink-0 accent-accent"
            />
            Hide the names of my coding projects
          </label>
          <p role="status" className={saved ? "text-sm text-good" : "sr-only"}>
            {saved ? "Saved." : null}
          </p>
        </>
      )}
    </ActionForm>
  );
}
