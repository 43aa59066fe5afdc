import type { EnrolmentStatus, Role } from "@/db/enums";
import type { DateString } from "@/lib/dates";
import type { DemoPerson } from "./demo-person";

export const SEED_SIZES = ["demo", "1k", "10k", "100k"] as const;
export type SeedSize = (typeof SEED_SIZES)[number];

export const ACADEMY = { name: "Harbour Code Academy", timeZone: "America/Chicago" };
export const CHICAGO = ACADEMY.timeZone;
export const LISBON = "Europe/Lisbon";

/** The last days of the demo academy are left to the sync, today included. */
export const SYNC_DAYS = 14;

export type StaffPlan = { id: number; name: string; email: string; role: Role; disabled?: boolean };

export type BatchPlan = {
  id: number;
  name: string;
  startDate: DateString;
  endDate: DateString;
  timeZone: string;
  capacity: number | null;
  archived: boolean;
  instructorIds: number[];
};

export type EnrolmentPlan = { batchId: number; status: EnrolmentStatus; from: DateString; to: DateString | null };

export type StudentPlan = {
  /** Also the student's id, and the person's key. */
  key: number;
  userId: number;
  name: string;
  email: string;
  timeZone: string | null;
  joinedOn: DateString;
  enrolments: EnrolmentPlan[];
  link: "active" | "needs_reconnect" | "none";
  /** Null for somebody who never connected: no coding time at all. */
  coding: { person: DemoPerson; rowFrom: DateString; rowTo: DateString } | null;
};

export type SessionPlan = {
  id: number;
  date: DateString;
  time: string;
  timeZone: string;
  title: string;
  batchId: number | null;
  active: boolean;
  cancelled: boolean;
  places: number | null;
  /** How many sign up, and how many of those who do not fit wait. */
  signups: number;
  waiting: number;
  /** The place in the list that the student of the demo sign-in takes; null when not there. */
  signInPlace: number | null;
};

/** Everything that is thought out in TypeScript; students come one by one, so that memory does not grow with them. */
export type AcademyPlan = {
  size: SeedSize;
  staff: StaffPlan[];
  batches: BatchPlan[];
  studentCount: number;
  students: () => Generator<StudentPlan>;
  sessions: SessionPlan[];
  /** The student who signs in as student@cohort.test. */
  signInKey: number;
  /** From this day on days have items; null means all. */
  itemsFrom: DateString | null;
};

/** A whole number from 0 to `below` - 1 that looks random and is not. */
export function scatter(seed: number, below: number): number {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35) >>> 0;
  return ((mixed ^ (mixed >>> 13)) >>> 0) % below;
}
