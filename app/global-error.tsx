"use client";

type Props = { error: Error & { digest?: string } };

// Every page carries this along in case its frame fails (app/layout.tsx): in plain elements, so that it brings no part of
// the product, with the product's stylesheet, which the framework adds, and in the theme that the screen asks for.
export default function GlobalError({ error }: Props) {
  return (
    <html lang="en">
      <body>
        <title>This page did not load · Cohort</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <main className="mx-auto max-w-sm px-4 py-20" role="alert">
          <h1 className="text-xl font-semibold tracking-tight">This page did not load</h1>
          <p className="mt-1.5 text-muted">Something went wrong on our side.</p>
          {error.digest ? (
            <p className="mt-1.5 text-muted">
              If it stays, tell your academy this id: <code className="text-sm break-all text-ink">{error.digest}</code>
            </p>
          ) : null}
          <p className="mt-5 flex flex-wrap gap-x-6">
            {/* biome-ignore lint/a11y/useValidAnchor: the empty address is the page's own */}
            <a href="" className="tap inline-flex items-center underline underline-offset-2">
              Try again
            </a>
            <a href="/" className="tap inline-flex items-center underline underline-offset-2">
              Go to your start page
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}
