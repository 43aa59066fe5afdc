import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Recognises paths of files that are sent as they are: the build's own and those of public/. */
export function staticFiles(root: string): (path: string) => boolean {
  const folder = join(root, "public");
  const files = new Set<string>();
  if (existsSync(folder)) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) files.add(join(entry.parentPath, entry.name).slice(folder.length).replaceAll("\\", "/"));
    }
  }
  return (path) => path.startsWith("/_next/static/") || files.has(path);
}
