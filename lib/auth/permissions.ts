import type { Role } from "@/db/enums";

/** Who acts: a person with the role that the database has now, or a system job by name. */
export type Actor = { type: "user"; id: number; role: Role } | { type: "system"; job: string };

type Person = { id: number; role: Role };
/** A batch, or a student by the batch they are in: who teaches there. */
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
  /** Name, e-mail address, phone of any account. */
  "user.edit": undefined;
  "user.sign-out": Person;
  "user.reset-password": undefined;
  /** Invite people, one by one or by a file. */
  "user.import": undefined;
  /** See the product as this person sees it, changing nothing. */
  "user.view-as": Person;
  /** Name, phone, enrolment and source of a student; moving them needs this for both batches. */
  "student.edit": BatchRef;
  /** E-mail address and phone number of a student. */
  "student.read-private": BatchRef;
  "note.write": BatchRef;
  "risk.list": undefined;
  /** Snooze an early warning about a student, or say that somebody talked to them. */
  "risk.answer": BatchRef;
  /** One's own notes, and as an admin anybody's that are shared. */
  "note.change": { authorId: number; isShared: boolean };
  "demo-session.list": undefined;
  /** Create, edit, cancel and delete demo sessions, and run one: order, marks, ratings of all who present. */
  "demo-session.edit": undefined;
  /** Sign a batch's student up, or take them out again, in their stead. */
  "signup.edit": BatchRef;
  /** One's own places in demo sessions. */
  "signup.change": undefined;
  /** One's own demos, certificates from elsewhere, and links of the assignment; one's goals; what peers and staff see. */
  "demo.change": undefined;
  "certificate.change-own": undefined;
  "assignment.change-own": undefined;
  "goal.change": undefined;
  "privacy.change": undefined;
  /** One's own name, phone, zone and sign-ins; what one is told of, and by which way. */
  "profile.change": undefined;
  "notification.change": undefined;
  /** The link to one's own calendar feed. */
  "calendar.change": undefined;
  "batch.read": undefined;
  /** Registration keys, e-mail addresses and phone numbers of a batch. */
  "batch.read-private": BatchRef;
  /** Rotate, switch off, limit the registration key. */
  "batch.change-key": BatchRef;
  "batch.create": undefined;
  "batch.edit": undefined;
  "batch.delete": undefined;
  "project.list": undefined;
  /** Create, edit and delete projects of a batch, and assign its students. */
  "project.edit": BatchRef;
  "certificate.list": undefined;
  /** Record, issue, correct and revoke certificates of a batch's students. */
  "certificate.edit": BatchRef;
  "audit.read": undefined;
  "settings.change": undefined;
  /** Saved views of lists: one's own, and those that others share. */
  "view.save": undefined;
  "view.change": { ownerId: number };
  "sync.read": undefined;
  /** One batch's students, or one student: those who teach them, besides admins. `null` is the whole academy. */
  "sync.start": BatchRef | null;
  /** A range of past days: more calls than a night's. */
  "sync.back-fill": undefined;
  /** One's own link to WakaTime. */
  "connection.change": undefined;
  /** How the installation runs: metrics, processes, slowest statements with their plans, jobs. */
  "operations.read": undefined;
  /** Start a job out of its turn. */
  "job.run": undefined;
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
  const isAdmin = actor.role === "admin";
  const teaches = () => {
    const batch = subject as BatchRef | null;
    return isAdmin || (actor.role === "instructor" && Boolean(batch?.instructorIds.includes(actor.id)));
  };
  switch (action) {
    case "staff-area.enter":
    case "dashboard.read":
    case "user.list":
    case "user.read":
    case "demo-session.list":
    case "demo-session.edit":
    case "batch.read":
    case "project.list":
    case "certificate.list":
    case "sync.read":
    case "risk.list":
    case "view.save":
      return isStaff(actor.role);
    case "portal.enter":
    case "connection.change":
    case "signup.change":
    case "demo.change":
    case "certificate.change-own":
    case "assignment.change-own":
    case "goal.change":
    case "privacy.change":
      return actor.role === "student";
    case "profile.change":
    case "notification.change":
      return true;
    case "calendar.change":
      return actor.role === "student" || isStaff(actor.role);
    case "user.change-role":
    case "user.disable":
    case "user.sign-out":
      return isAdmin && (subject as Person).id !== actor.id;
    case "user.view-as":
      return isAdmin && (subject as Person).role === "student";
    case "student.edit":
    case "student.read-private":
    case "note.write":
    case "risk.answer":
    case "batch.read-private":
    case "batch.change-key":
    case "project.edit":
    case "certificate.edit":
    case "signup.edit":
    case "sync.start":
      return teaches();
    case "note.change": {
      const { authorId, isShared } = subject as { authorId: number; isShared: boolean };
      return isStaff(actor.role) && (authorId === actor.id || (isAdmin && isShared));
    }
    case "view.change":
      return isAdmin || (isStaff(actor.role) && (subject as { ownerId: number }).ownerId === actor.id);
    case "user.edit":
    case "user.reset-password":
    case "user.import":
    case "batch.create":
    case "batch.edit":
    case "batch.delete":
    case "audit.read":
    case "settings.change":
    case "sync.back-fill":
    case "mail.read":
    case "operations.read":
    case "job.run":
      return isAdmin;
    default:
      return false;
  }
}
