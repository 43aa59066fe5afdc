"use client";

import { Eye } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Glyph } from "@/components/ui/glyph";

type Props = {
  student: string;
  admin: string;
  /** ISO instant. */
  until: string;
  end: () => Promise<void>;
};

const clock = (date: Date) =>
  `${String(date.getHours()).padStart(2, "0")}:${String(date.getMinutes()).padStart(2, "0")}`;

/** Stays in sight on every page while an admin sees what a student sees. Once the time is over it leaves the view by itself. */
export function ViewingBanner({ student, admin, until, end }: Props) {
  // The server does not know the reader's zone, so it says UTC until the browser takes over.
  const [time, setTime] = useState(`${new Date(until).toISOString().slice(11, 16)} UTC`);

  useEffect(() => {
    const date = new Date(until);
    setTime(clock(date));
    const timer = setTimeout(() => window.location.assign("/"), Math.max(0, date.getTime() - Date.now()) + 500);
    return () => clearTimeout(timer);
  }, [until]);

  return (
    <aside
      aria-label="Viewing as a student"
      className="sticky top-0 z-10 flex min-h-11 flex-wrap items-center justify-center gap-x-4 gap-y-1 border-b border-accent bg-accent-soft px-4 py-1.5 text-sm print:hidden"
    >
      <p>
        <Glyph of={Eye} className="mr-2 inline size-4 align-[-3px] text-accent" />
        You see what <strong className="font-medium">{student}</strong> sees, as {admin}. Nothing can be changed. Ends
        at <time dateTime={until}>{time}</time>.
      </p>
      <form action={end}>
        <Button type="submit" small>
          End
          <span className="sr-only"> viewing as {student}</span>
        </Button>
      </form>
    </aside>
  );
}
