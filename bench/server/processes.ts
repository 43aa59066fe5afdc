import { readdirSync, readFileSync } from "node:fs";

const SAMPLE_MS = 250;
const PAGE_KB = 4;

/** Every process below `root`, itself left out. Linux only: elsewhere none. */
export function descendants(root: number): number[] {
  const childrenOf = new Map<number, number[]>();
  for (const name of namesIn("/proc").filter((each) => /^\d+$/.test(each))) {
    // The name of the program may hold spaces and brackets; what follows the last bracket is regular.
    const parent = Number(read(`/proc/${name}/stat`).replace(/^.*\)/s, "").trim().split(" ")[1]);
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), Number(name)]);
  }
  const found: number[] = [];
  for (let open = childrenOf.get(root) ?? []; open.length > 0; ) {
    found.push(...open);
    open = open.flatMap((pid) => childrenOf.get(pid) ?? []);
  }
  return found;
}

/** Resident megabytes of one process; 0 when it is gone. */
export const residentMb = (pid: number): number =>
  (Number(read(`/proc/${pid}/statm`).split(" ")[1] ?? 0) * PAGE_KB) / 1024;

export const commandOf = (pid: number): string => read(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim();

/** Watches the resident memory of everything below `root`; `stop` answers its highest sum, null where there is no /proc. */
export function watchMemory(root: number): { stop: () => number | null } {
  let peak = 0;
  const look = () => {
    const now = descendants(root).reduce((total, pid) => total + residentMb(pid), 0);
    peak = Math.max(peak, now);
  };
  look();
  const timer = setInterval(look, SAMPLE_MS);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return peak === 0 ? null : peak;
    },
  };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
