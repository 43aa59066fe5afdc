import type { EnrolmentStatus, Role } from "@/db/enums";
import type { DateString } from "@/lib/dates";
import type { RosterRow } from "./row";

/** An enrolment as it is stored; `to` null means "still". */
export type StoredEnrolment = {
  id: number;
  batchId: number;
  status: EnrolmentStatus;
  from: DateString;
  to: DateString | null;
  version: number;
};

/** Somebody who has an account under one of the file's addresses. */
export type StoredPerson = {
  id: number;
  email: string;
  name: string;
  phone: string | null;
  timeZone: string | null;
  role: Role;
  disabled: boolean;
  /** Has chosen one, by signing up or by accepting an invitation. */
  hasPassword: boolean;
  /** Has an invitation that can still be taken up. */
  hasInvitation: boolean;
  studentId: number | null;
  /** In the order of their days. */
  enrolments: StoredEnrolment[];
};

export type StoredBatch = {
  id: number;
  name: string;
  archived: boolean;
  startDate: DateString;
  endDate: DateString;
  /** The day that the batch's own clock shows. */
  today: DateString;
  /** Places that are left; null without a limit. */
  places: number | null;
};

/** What the database knows that bears on a file. */
export type RosterFacts = { people: StoredPerson[]; batches: StoredBatch[]; unknownZones: string[] };

/** What to ask the database about these rows; broken ones are asked nothing about. */
export type RosterQuestion = { emails: string[]; zones: string[] };

export function questionOf(rows: RosterRow[]): RosterQuestion {
  const sound = rows.filter((row) => row.faults.length === 0);
  const zones = new Set(sound.flatMap((row) => row.timeZone ?? []));
  return { emails: [...new Set(sound.map((row) => row.email))], zones: [...zones] };
}
