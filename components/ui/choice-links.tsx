import Link from "next/link";
import { Leaving } from "@/components/layout/nav-links";
import { buttonClass } from "./button";

type Choice = { href: string; label: string; chosen: boolean };

/** One of a few views of the same page, by links: the address keeps the choice, and Back undoes it. */
export function ChoiceLinks({ label, choices }: { label: string; choices: readonly Choice[] }) {
  return (
    <nav aria-label={label} className="-mx-1 flex flex-wrap gap-1">
      {choices.map(({ href, label: text, chosen }) => (
        <Link
          key={href}
          href={href}
          scroll={false}
          prefetch={false}
          aria-current={chosen ? "true" : undefined}
          className={buttonClass({ look: chosen ? "plain" : "quiet", small: true })}
        >
          {text}
          <Leaving />
        </Link>
      ))}
    </nav>
  );
}
