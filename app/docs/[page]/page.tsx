import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import Markdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { Wordmark } from "@/components/layout/wordmark";
import { requireViewer } from "@/lib/auth/current";
import { landingFor } from "@/lib/auth/landing";
import { DOC_PAGES, docHref, docLink, isDocPage } from "@/lib/docs";

export const metadata: Metadata = { title: "How it is computed" };

const cell = "border-b py-2 pr-4 align-top last:pr-0";

/** The words of docs/ in the look of the product. Files and functions stand there as text: they are the developers'. */
const LOOK: Components = {
  h1: ({ children }) => <h1 className="mt-8 text-xl font-semibold tracking-tight">{children}</h1>,
  h2: ({ children }) => <h2 className="mt-9 border-b pb-1.5 text-sm font-semibold">{children}</h2>,
  h3: ({ children }) => <h3 className="mt-6 text-sm font-semibold">{children}</h3>,
  p: ({ children }) => <p className="mt-3 max-w-prose leading-relaxed">{children}</p>,
  ul: ({ children }) => <ul className="mt-3 max-w-prose list-disc pl-5 leading-relaxed">{children}</ul>,
  ol: ({ children }) => <ol className="mt-3 max-w-prose list-decimal pl-5 leading-relaxed">{children}</ol>,
  code: ({ children }) => <code className="font-mono text-xs break-words text-muted">{children}</code>,
  a: ({ href, children }) => <DocLink href={href}>{children}</DocLink>,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by keyboard
    <section aria-label="Table" className="mt-4 overflow-x-auto" tabIndex={0}>
      <table className="w-full text-sm">{children}</table>
    </section>
  ),
  th: ({ children }) => (
    <th scope="col" className={`label text-left ${cell}`}>
      {children}
    </th>
  ),
  td: ({ children }) => <td className={cell}>{children}</td>,
};

function DocLink({ href, children }: { href?: string | undefined; children: ReactNode }) {
  const page = docLink(href);
  return page ? (
    <Link href={page} className="underline underline-offset-2">
      {children}
    </Link>
  ) : (
    children
  );
}

/** How numbers are made, for whoever wants to dispute one: the same files that developers keep. */
export default async function DocPage({ params }: PageProps<"/docs/[page]">) {
  const { page } = await params;
  if (!isDocPage(page)) notFound();
  const viewer = await requireViewer(docHref(page));
  const text = await readFile(join(process.cwd(), DOC_PAGES[page]), "utf8");
  return (
    <div className="mx-auto max-w-3xl px-4 py-8 sm:px-6">
      <header className="flex items-center justify-between gap-4">
        <Wordmark />
        <Link href={landingFor(viewer.role)} className="reach text-sm underline underline-offset-2">
          Back to Cohort
        </Link>
      </header>
      <main id="main" className="pb-16">
        <Markdown remarkPlugins={[remarkGfm]} components={LOOK}>
          {text}
        </Markdown>
      </main>
    </div>
  );
}
