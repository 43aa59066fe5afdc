import clsx from "clsx";

const TONES = { good: "border-good", warn: "border-warn", bad: "border-bad" };
const TITLES = { good: "text-good", warn: "text-warn", bad: "text-bad" };

type Props = { tone: keyof typeof TONES; title: string; text: string };

/** What came of the last attempt to connect or disconnect. */
export function ResultNotice({ tone, title, text }: Props) {
  return (
    <div role={tone === "bad" ? "alert" : "status"} className={clsx("mb-6 border-l-2 pl-3 text-sm", TONES[tone])}>
      <p className={clsx("font-medium", TITLES[tone])}>{title}</p>
      <p className="mt-0.5 text-muted">{text}</p>
    </div>
  );
}
