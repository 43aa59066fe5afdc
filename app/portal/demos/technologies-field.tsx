"use client";

import { X } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import { describedBy, FieldFrame } from "@/components/ui/field-frame";
import { readTechnologies, TECHNOLOGIES_MOST } from "./technologies";

type Props = {
  id: string;
  /** What the demo has already. */
  words?: string[];
  /** What one has written in other demos, offered while typing. */
  offered: string[];
  error?: string | undefined;
};

/**
 * Words of one's own as chips: Enter or a comma ends one, Backspace in the empty field takes the last one back. What is
 * still being typed counts, too.
 */
export function TechnologiesField({ id, words = [], offered, error }: Props) {
  const [chips, setChips] = useState(() => readTechnologies(words.join(",")));
  const [draft, setDraft] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const list = useId();
  const hint = `Press Enter after each; ${TECHNOLOGIES_MOST} at most.`;

  const add = (text: string) => {
    setChips(readTechnologies([...chips, text].join(",")));
    setDraft("");
  };
  // The form learns that it has been touched, as it does of a letter.
  const touch = () => input.current?.dispatchEvent(new Event("input", { bubbles: true }));
  const remove = (word: string) => {
    setChips(chips.filter((each) => each !== word));
    touch();
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter with Ctrl or Cmd saves the form; a word that is being composed is not finished by its Enter.
    const ends = event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.nativeEvent.isComposing;
    if (ends && draft.trim()) {
      event.preventDefault();
      add(draft);
    } else if (event.key === "Backspace" && draft === "" && chips.length > 0) {
      event.preventDefault();
      setChips(chips.slice(0, -1));
      touch();
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text");
    if (!/[,\n]/.test(text)) return;
    event.preventDefault();
    add(`${draft}${text.replaceAll(/\s*\n\s*/g, ",")}`);
    touch();
  };

  return (
    <FieldFrame id={id} label="Technologies" optional hint={hint} error={error}>
      <input type="hidden" name="technologies" value={readTechnologies([...chips, draft].join(",")).join(", ")} />
      {chips.length > 0 ? (
        <ul aria-label="Added so far" className="flex flex-wrap gap-1.5">
          {chips.map((word) => (
            <li key={word} className="inline-flex max-w-full items-center rounded-md bg-sunken pl-2.5 text-sm">
              <span className="truncate">{word}</span>
              <button
                type="button"
                onClick={() => remove(word)}
                className="tap inline-flex h-8 w-8 shrink-0 items-center justify-center text-muted pointer-coarse:w-11 hover:text-ink"
              >
                <X aria-hidden className="size-3.5" />
                <span className="sr-only">Remove {word}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <input
        ref={input}
        id={id}
        list={list}
        autoComplete="off"
        enterKeyHint="enter"
        className="control w-full"
        value={draft}
        onChange={(event) => {
          const { value } = event.target;
          if (value.includes(",")) add(value);
          else setDraft(value);
        }}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        {...describedBy({ id, error, hint })}
      />
      <datalist id={list}>
        {offered
          .filter((word) => !chips.includes(word))
          .map((word) => (
            <option key={word} value={word} />
          ))}
      </datalist>
    </FieldFrame>
  );
}
