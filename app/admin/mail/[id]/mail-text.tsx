/** A mail's plain text; the addresses that it holds are links. */
export function MailText({ text }: { text: string }) {
  // Every second part is an address.
  const parts = text.split(/(https?:\/\/\S+)/);
  return (
    <div className="max-w-prose text-sm break-words whitespace-pre-wrap">
      {parts.map((part, index) =>
        index % 2 === 0 ? (
          part
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes
          <a key={index} href={part} rel="noreferrer" className="break-all underline underline-offset-2">
            {part}
          </a>
        ),
      )}
    </div>
  );
}
