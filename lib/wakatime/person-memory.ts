const MOST_PEOPLE = 500;

/** What this process remembers of people, beside the database; of too many the one longest unchanged goes. */
export function personMemory<T>() {
  const all = new Map<number, T>();
  return {
    get: (userId: number): T | undefined => all.get(userId),
    forget: (userId: number) => all.delete(userId),
    keep(userId: number, what: T): void {
      all.delete(userId);
      all.set(userId, what);
      const [oldest] = all.keys();
      if (all.size > MOST_PEOPLE && oldest !== undefined) all.delete(oldest);
    },
  };
}
