import { z } from "zod";
import { type Failure, failure, ok } from "@/lib/errors";
import { withoutNul } from "@/lib/input";
import { ROSTER_FIELDS, type RosterMapping } from "@/lib/roster/fields";
import type { ReadOptions } from "@/lib/roster/read";
import { DELIMITERS, ENCODINGS, MAX_ROSTER_BYTES } from "@/lib/roster/words";

/** What stands around the file in the body: boundaries and options. */
const AROUND_BYTES = 16 * 1024;

const MAX_LABEL_CHARS = 120;

const column = z.number().int().min(0).max(1_000).nullable();

const optionsSchema = z.object({
  encoding: z.enum(ENCODINGS).optional(),
  delimiter: z.enum(DELIMITERS).optional(),
  mapping: z
    .object(
      Object.fromEntries(ROSTER_FIELDS.map((field) => [field, column])) as Record<keyof RosterMapping, typeof column>,
    )
    .optional(),
  batchId: z.number().int().min(1).max(2_147_483_647).nullable(),
  label: z
    .string()
    .max(1_000)
    .transform((name) => name.trim().slice(0, MAX_LABEL_CHARS) || "list"),
  invite: z.boolean().optional(),
  digest: z.string().max(100).optional(),
});

export type Upload = { bytes: Uint8Array; read: ReadOptions } & Pick<
  z.infer<typeof optionsSchema>,
  "batchId" | "label" | "invite" | "digest"
>;

const tooLarge = () =>
  failure("invalid", "The file is larger than 2 MB. Please split it and import one part after the other.");
const malformed = () => failure("invalid", "The request is not a file with options.");

/** The body, unless it is longer than any file may be: then the rest is not even read. */
async function boundedBody(request: Request): Promise<Blob | null> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > MAX_ROSTER_BYTES + AROUND_BYTES) return null;
    chunks.push(new Uint8Array(chunk));
  }
  return new Blob(chunks);
}

/** The file and the options of a request, as the import page sends them. */
export async function readUpload(request: Request): Promise<{ ok: true; data: Upload } | Failure> {
  const body = await boundedBody(request);
  if (!body) return tooLarge();
  let form: FormData;
  let said: unknown;
  try {
    const headers = { "Content-Type": request.headers.get("content-type") ?? "" };
    form = await new Response(body, { headers }).formData();
    said = withoutNul(JSON.parse(String(form.get("options"))));
  } catch {
    return malformed();
  }
  const options = optionsSchema.safeParse(said);
  const file = form.get("file");
  if (!options.success || !(file instanceof Blob)) return malformed();
  if (file.size > MAX_ROSTER_BYTES) return tooLarge();
  const { encoding, delimiter, mapping, ...rest } = options.data;
  return ok({
    ...rest,
    bytes: new Uint8Array(await file.arrayBuffer()),
    read: { ...(encoding && { encoding }), ...(delimiter && { delimiter }), ...(mapping && { mapping }) },
  });
}
