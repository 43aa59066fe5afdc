"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useEffect, useState } from "react";
import { Glyph } from "@/components/ui/glyph";
import { type Theme, themeOf } from "@/lib/theme";
import { chooseTheme } from "./choose-theme";

const CHOICES = [
  { theme: "system", label: "As the system", icon: Monitor },
  { theme: "light", label: "Light", icon: Sun },
  { theme: "dark", label: "Dark", icon: Moon },
] as const;

/** The theme may be chosen elsewhere as well, so what is marked is what the page has. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>();

  useEffect(() => {
    const root = document.documentElement;
    const read = () => setTheme(themeOf(root.dataset.theme));
    read();
    const observer = new MutationObserver(read);
    observer.observe(root, { attributeFilter: ["data-theme"] });
    return () => observer.disconnect();
  }, []);

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
            onChange={() => chooseTheme(each)}
            className="sr-only"
          />
          <Glyph of={Icon} className="size-3.5" />
          <span className="sr-only">{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
