import { hash } from "node:crypto";
import type { DateString } from "@/lib/dates";
import type { Persona } from "./personas";

/** Somebody who codes: from `firstDay` until `lastDay` (both included; null means still). `key` decides the rest. */
export type DemoPerson = {
  key: number;
  persona: Persona;
  firstDay: DateString;
  lastDay: DateString | null;
  timeZone: string;
};

export const bytesOf = (text: string): Buffer => hash("md5", text, "buffer");

/** A version 4 UUID that always comes out the same for the same text. */
export function uuidFrom(text: string): string {
  const hex = hash("md5", text);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** The person's WakaTime user id. */
export const demoUid = (key: number): string => uuidFrom(`uid:${key}`);

/** A machine's id as WakaTime gives it. A person has two machines, 0 and 1. */
export const machineId = (key: number, machine: number): string => uuidFrom(`machine:${key}:${machine}`);
