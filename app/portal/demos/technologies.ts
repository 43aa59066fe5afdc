export const TECHNOLOGIES_MOST = 20;
export const TECHNOLOGY_LENGTH = 40;

/** Words of one's own, with commas between them as the form sends them: each once, whatever its case. */
export function readTechnologies(text: string): string[] {
  const words = text.split(",").map((word) => word.trim().replace(/\s+/g, " "));
  const first = new Map<string, string>();
  for (const word of words) {
    const key = word.toLowerCase();
    if (word && !first.has(key)) first.set(key, word);
  }
  return [...first.values()];
}
