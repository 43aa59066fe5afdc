import { randomUUID } from "node:crypto";
import { chmod, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Mailer } from "./mailer";

const schema = z.object({
  to: z.object({ name: z.string(), address: z.string() }),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
});

/** A mail as it lies in a file. */
export type FiledMail = z.infer<typeof schema>;

const pathOf = (folder: string, key: string) => join(folder, `${key}.json`);

/**
 * Each mail becomes one file, named after its key: written beside and renamed, so that nobody reads half of one and
 * writing it again makes no second. Only the server's own user may read them: some hold links.
 */
export const fileMailer = (folder: string): Mailer => ({
  async send({ key, to, subject, text, html }) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    const beside = join(folder, `.${key}.${randomUUID()}`);
    try {
      await writeFile(beside, `${JSON.stringify({ to, subject, text, html }, null, 2)}\n`, {
        mode: 0o600,
        flush: true,
      });
      await rename(beside, pathOf(folder, key));
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  },
  close: () => {},
});

/** A mail that was written to a file, or null when there is none. */
export async function readFiledMail(folder: string, key: string): Promise<FiledMail | null> {
  try {
    return schema.parse(JSON.parse(await readFile(pathOf(folder, key), "utf8")));
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return null;
    throw error;
  }
}

/** Mail that was written to files is gone; what never was is no fault. */
export async function removeFiledMail(folder: string, keys: string[]): Promise<void> {
  for (const key of keys) await rm(pathOf(folder, key), { force: true });
}
