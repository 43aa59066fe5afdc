/** A mail's plain text; the one address that it holds is a link. */
export function MailText({ text }: { text: string }) {
  const [before, url, after] = text.split(/(https?:\/\/\S+)/, 3);
  return (
    <div className="max-w-prose text-sm break-words whitespace-pre-wrap">
      {before}
      {url ? (
        <a href={url} rel="noreferrer" className="break-all underline underline-offset-2">
          {url}
        </a>
      ) : null}
      {after}
    </div>
  );
}
