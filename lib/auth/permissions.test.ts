import { describe, expect, it } from "vitest";
import { type Role, roles } from "@/db/enums";
import { type Actor, can } from "./permissions";

const ME = 1;
const as = (role: Role): Actor => ({ type: "user", id: ME, role });
const OTHER = { id: 2, role: "user" } as const;
const mine = { instructorIds: [7, ME] };
const foreign = { instructorIds: [7] };

const ASKED = {
  "staff-area.enter": (actor: Actor) => can(actor, "staff-area.enter"),
  "portal.enter": (actor: Actor) => can(actor, "portal.enter"),
  "dashboard.read": (actor: Actor) => can(actor, "dashboard.read"),
  "user.list": (actor: Actor) => can(actor, "user.list"),
  "user.read": (actor: Actor) => can(actor, "user.read"),
  "demo-session.list": (actor: Actor) => can(actor, "demo-session.list"),
  "demo-session.edit": (actor: Actor) => can(actor, "demo-session.edit"),
  "signup.edit of one's own batch": (actor: Actor) => can(actor, "signup.edit", mine),
  "signup.edit of another's batch": (actor: Actor) => can(actor, "signup.edit", foreign),
  "risk.list": (actor: Actor) => can(actor, "risk.list"),
  "risk.answer of one's own batch": (actor: Actor) => can(actor, "risk.answer", mine),
  "risk.answer of another's batch": (actor: Actor) => can(actor, "risk.answer", foreign),
  "signup.change": (actor: Actor) => can(actor, "signup.change"),
  "calendar.change": (actor: Actor) => can(actor, "calendar.change"),
  "demo.change": (actor: Actor) => can(actor, "demo.change"),
  "certificate.change-own": (actor: Actor) => can(actor, "certificate.change-own"),
  "assignment.change-own": (actor: Actor) => can(actor, "assignment.change-own"),
  "goal.change": (actor: Actor) => can(actor, "goal.change"),
  "privacy.change": (actor: Actor) => can(actor, "privacy.change"),
  "profile.change": (actor: Actor) => can(actor, "profile.change"),
  "notification.change": (actor: Actor) => can(actor, "notification.change"),
  "batch.read": (actor: Actor) => can(actor, "batch.read"),
  "sync.read": (actor: Actor) => can(actor, "sync.read"),
  "sync.start of everybody": (actor: Actor) => can(actor, "sync.start", null),
  "sync.start of one's own batch": (actor: Actor) => can(actor, "sync.start", mine),
  "sync.start of another's batch": (actor: Actor) => can(actor, "sync.start", foreign),
  "sync.back-fill": (actor: Actor) => can(actor, "sync.back-fill"),
  "connection.change": (actor: Actor) => can(actor, "connection.change"),
  "mail.read": (actor: Actor) => can(actor, "mail.read"),
  "operations.read": (actor: Actor) => can(actor, "operations.read"),
  "job.run": (actor: Actor) => can(actor, "job.run"),
  "user.change-role of another": (actor: Actor) => can(actor, "user.change-role", OTHER),
  "user.disable of another": (actor: Actor) => can(actor, "user.disable", OTHER),
  "batch.read-private of one's own batch": (actor: Actor) => can(actor, "batch.read-private", mine),
  "batch.read-private of another's batch": (actor: Actor) => can(actor, "batch.read-private", foreign),
};

const STAFF: Role[] = ["admin", "instructor"];
const ALLOWED: Record<keyof typeof ASKED, Role[]> = {
  "staff-area.enter": STAFF,
  "portal.enter": ["student"],
  "dashboard.read": STAFF,
  "user.list": STAFF,
  "user.read": STAFF,
  "demo-session.list": STAFF,
  "demo-session.edit": STAFF,
  "signup.edit of one's own batch": STAFF,
  "signup.edit of another's batch": ["admin"],
  "risk.list": STAFF,
  "risk.answer of one's own batch": STAFF,
  "risk.answer of another's batch": ["admin"],
  "signup.change": ["student"],
  "calendar.change": ["admin", "instructor", "student"],
  "demo.change": ["student"],
  "certificate.change-own": ["student"],
  "assignment.change-own": ["student"],
  "goal.change": ["student"],
  "privacy.change": ["student"],
  "profile.change": ["admin", "instructor", "student", "user"],
  "notification.change": ["admin", "instructor", "student", "user"],
  "batch.read": STAFF,
  "sync.read": STAFF,
  "sync.start of everybody": ["admin"],
  "sync.start of one's own batch": STAFF,
  "sync.start of another's batch": ["admin"],
  "sync.back-fill": ["admin"],
  "connection.change": ["student"],
  "mail.read": ["admin"],
  "operations.read": ["admin"],
  "job.run": ["admin"],
  "user.change-role of another": ["admin"],
  "user.disable of another": ["admin"],
  "batch.read-private of one's own batch": STAFF,
  "batch.read-private of another's batch": ["admin"],
};

describe("who may do what", () => {
  it.each(Object.entries(ASKED))("%s", (name, asked) => {
    expect(roles.filter((role) => asked(as(role)))).toEqual(ALLOWED[name as keyof typeof ASKED]);
  });

  it.each(roles)("nobody changes their own role or disables themselves: %s", (role) => {
    expect(can(as(role), "user.change-role", { id: ME, role })).toBe(false);
    expect(can(as(role), "user.disable", { id: ME, role })).toBe(false);
  });

  it("a batch without instructors is private to admins", () => {
    expect(can(as("instructor"), "batch.read-private", { instructorIds: [] })).toBe(false);
  });

  it("lets a system job pass, and nobody do what nobody has named", () => {
    expect(can({ type: "system", job: "nightly" }, "sync.start", null)).toBe(true);
    expect(can(as("admin"), "world.end" as "user.list")).toBe(false);
  });
});
