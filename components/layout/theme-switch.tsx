"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useEffect, useState } from "react";
import { THEME_COOKIE, type Theme, themeOf } from "@/lib/theme";

const YEAR_SECONDS = 31_536_000;
const CHOICES = [
  { theme: "system", label: "As the system", icon: Monitor },
  { theme: "light", label: "Light", icon: Sun },
  { theme: "dark", label: "Dark", icon: Moon },
] as const;

/** Kept in a cookie, so that the server draws the right theme at once and nothing flashes. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>();

  useEffect(() => setTheme(themeOf(document.documentElement.dataset.theme)), []);

  const choose = (next: Theme) => {
    document.documentElement.dataset.theme = next;
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store API is not in every browser yet
    document.cookie = `${THEME_COOKIE}=${next}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    setTheme(next);
  };

  return (
    <fieldset className="inline-flex justify-self-start overflow-hidden rounded-md border">
      <legend className="sr-only">Theme</legend>
      {CHOICES.map(({ theme: each, label, icon: Icon }) => (
        <label
          key={each}
          title={label}
          className="tap inline-flex h-7 w-8 cursor-pointer items-center justify-center text-muted hover:text-ink has-checked:bg-sunken has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name="theme"
            value={each}
            checked={theme === each}
            onChange={() => choose(each)}
            className="sr-only"
          />
          <Icon aria-hidden className="size-3.5" />
          <span className="sr-only">{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
