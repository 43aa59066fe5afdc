import { Video } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";
import { Glyph } from "@/components/ui/glyph";
import { meetingPlatform } from "@/lib/demo-sessions/meeting-platform";

/** Where a session takes place online: the platform's name leads there, and the link can be copied. */
export function MeetingLink({ url, short = false }: { url: string; short?: boolean }) {
  const platform = meetingPlatform(url);
  if (!platform) return null;
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      {short ? null : <Glyph of={Video} className="size-3.5 text-muted" />}
      <a
        href={url}
        target="_blank"
        rel="noreferrer"
        title={url}
        className="reach underline underline-offset-2 hover:text-accent"
      >
        {short ? (
          <>
            <span className="sr-only">Join by </span>
            {platform}
          </>
        ) : platform === "Meeting" ? (
          "Join the meeting"
        ) : (
          `Join by ${platform}`
        )}
      </a>
      <CopyButton text={url} label="Copy the meeting link" />
    </span>
  );
}
