import type { Slice } from "../figures";

/** What the process of the clients is asked: one address, by so many connections, for so long. */
export type LoadOrder = {
  url: string;
  method: "GET" | "POST";
  headers: Record<string, string>;
  connections: number;
  seconds: number;
};

export type LoadAnswer = Omit<Slice, "target" | "server" | "connections" | "peakMb" | "poolShare">;
