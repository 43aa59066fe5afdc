import type { Role } from "@/db/enums";

/** Who acts: a person with the role that the database has now, or a system job by name. */
export type Actor = { type: "user"; id: number; role: Role } | { type: "system"; job: string };

type Person = { id: number; role: Role };
type BatchRef = { instructorIds: readonly number[] };

/** Every question the product asks, with the subject it is asked about. */
type Subjects = {
  "staff-area.enter": undefined;
  "portal.enter": undefined;
  "dashboard.read": undefined;
  "user.list": undefined;
  "user.read": undefined;
  "user.change-role": Person;
  "user.disable": Person;
  "demo-session.list": undefined;
  "batch.read": undefined;
  /** Registration keys, e-mail addresses and phone numbers of a batch. */
  "batch.read-private": BatchRef;
  "sync.read": undefined;
  /** One batch's students, or one student: those who teach them, besides admins. `null` is the whole academy. */
  "sync.start": BatchRef | null;
  /** A range of past days: more calls than a night's. */
  "sync.back-fill": undefined;
  /** One's own link to WakaTime. */
  "connection.change": undefined;
  /** Mail that was written to files because no server is configured: it may hold reset links. */
  "mail.read": undefined;
};

export type Action = keyof Subjects;

const isStaff = (role: Role) => role === "admin" || role === "instructor";

/**
 * May `actor` do `action` to `subject`? Pure: pages hand the answer to buttons as a flag, actions and routes ask again.
 * A disabled user never becomes an actor, so nothing here looks at that.
 */
export function can<A extends Action>(
  actor: Actor,
  action: A,
  ...[subject]: Subjects[A] extends undefined ? [] : [subject: Subjects[A]]
): boolean {
  if (actor.type === "system") return true;
  switch (action) {
    case "staff-area.enter":
    case "dashboard.read":
    case "user.list":
    case "user.read":
    case "demo-session.list":
    case "batch.read":
      return isStaff(actor.role);
    case "portal.enter":
      return actor.role === "student";
    case "user.change-role":
    case "user.disable":
      return actor.role === "admin" && (subject as Person).id !== actor.id;
    case "batch.read-private":
      return (
        actor.role === "admin" ||
        (actor.role === "instructor" && (subject as BatchRef).instructorIds.includes(actor.id))
      );
    case "sync.read":
      return isStaff(actor.role);
    case "sync.start": {
      const batch = subject as BatchRef | null;
      return (
        actor.role === "admin" || (actor.role === "instructor" && Boolean(batch?.instructorIds.includes(actor.id)))
      );
    }
    case "connection.change":
      return actor.role === "student";
    case "sync.back-fill":
    case "mail.read":
      return actor.role === "admin";
    default:
      return false;
  }
}
