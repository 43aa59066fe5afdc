import { createHash } from "node:crypto";
import type { SharedQuestion } from "./shared-cache";
import { type Reader, sharedRead } from "./shared-read";

/** A JSON answer as it is sent, and the tag under which a client may ask whether it is still the same. */
export type SharedBody = { body: string; etag: string };

/** Written out once for all who get it. The tag is weak because compression changes the bytes. */
export const sharedBody = (reader: Reader, question: SharedQuestion, load: () => Promise<unknown>) =>
  sharedRead(reader, question, async (): Promise<SharedBody> => {
    const body = JSON.stringify(await load());
    return { body, etag: `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"` };
  });

/** Does the client have it already? Compared weakly, as If-None-Match asks for. */
export const isKnown = (ifNoneMatch: string | null, etag: string): boolean =>
  ifNoneMatch !== null &&
  (ifNoneMatch.trim() === "*" ||
    ifNoneMatch.split(",").some((each) => each.trim().replace(/^W\//, "") === etag.replace(/^W\//, "")));
