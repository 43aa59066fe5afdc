"use client";

import { useState } from "react";
import { describedBy } from "@/components/ui/field-frame";
import { MOST_PLACES } from "./session-limits";

type Props = {
  /** Null is no limit. */
  value: number | null;
  /** What stands in the field when somebody goes from no limit to one. */
  usual?: number;
  error?: string | undefined;
};

/** How many can present: a number, or expressly no limit. An empty field is neither. */
export function PlacesField({ value, usual = 8, error }: Props) {
  const [limited, setLimited] = useState(value !== null);
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">Places</legend>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2 text-sm">
        <div className="flex items-center gap-2.5">
          <label className="tap inline-flex items-center gap-2.5">
            <input
              type="radio"
              name="limit"
              value="places"
              className="size-4 accent-accent"
              checked={limited}
              onChange={() => setLimited(true)}
            />
            At most
          </label>
          <div>
            <label htmlFor="maxScheduled" className="sr-only">
              Number of places
            </label>
            <input
              id="maxScheduled"
              name="maxScheduled"
              type="number"
              inputMode="numeric"
              min={1}
              max={MOST_PLACES}
              className="control w-20"
              defaultValue={value ?? usual}
              disabled={!limited}
              {...describedBy({ id: "maxScheduled", error })}
            />
          </div>
        </div>
        <label className="tap inline-flex items-center gap-2.5">
          <input
            type="radio"
            name="limit"
            value="none"
            className="size-4 accent-accent"
            checked={!limited}
            onChange={() => setLimited(false)}
          />
          No limit
        </label>
      </div>
      {error ? (
        <p id="maxScheduled-error" className="text-sm text-bad">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
