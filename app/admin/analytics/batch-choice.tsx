"use client";

import { useRouter } from "next/navigation";
import { useId } from "react";
import type { BatchState } from "@/db/enums";

type Choice = { id: number | null; name: string; state: BatchState | null; href: string };
type Props = { label: string; chosen: number | null; choices: readonly Choice[] };

const GROUPS: [label: string, states: readonly BatchState[]][] = [
  ["Running", ["running"]],
  ["To come", ["upcoming"]],
  ["Over", ["ended", "archived"]],
];

const keyOf = (id: number | null) => (id === null ? "" : String(id));

/** One batch of many; each choice is an address, so that Back undoes it. */
export function BatchChoice({ label, chosen, choices }: Props) {
  const router = useRouter();
  const id = useId();
  const option = (choice: Choice) => (
    <option key={keyOf(choice.id)} value={keyOf(choice.id)}>
      {choice.name}
    </option>
  );
  return (
    <label htmlFor={id} className="flex min-w-0 items-center gap-2 text-sm text-muted">
      {label}
      <select
        id={id}
        className="control h-8 max-w-64 min-w-0"
        value={keyOf(chosen)}
        onChange={(event) => {
          const choice = choices.find((each) => keyOf(each.id) === event.target.value);
          if (choice) router.push(choice.href, { scroll: false });
        }}
      >
        {choices.filter(({ state }) => state === null).map(option)}
        {GROUPS.map(([name, states]) => {
          const own = choices.filter(({ state }) => state !== null && states.includes(state));
          return own.length > 0 ? (
            <optgroup key={name} label={name}>
              {own.map(option)}
            </optgroup>
          ) : null;
        })}
      </select>
    </label>
  );
}
