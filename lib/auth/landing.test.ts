import { describe, expect, it } from "vitest";
import { roles } from "@/db/enums";
import { landingFor, safeReturnPath } from "./landing";
import { can } from "./permissions";

/** What the layout behind each landing asks for; null is a page for anybody signed in. */
const GATES = {
  "/admin": "staff-area.enter",
  "/admin/today": "staff-area.enter",
  "/portal": "portal.enter",
  "/welcome": null,
} as const;

describe("landing", () => {
  it.each(roles)("admits its own role, so that %s is not sent in circles", (role) => {
    const landing = landingFor(role);
    expect(Object.keys(GATES)).toContain(landing);
    const gate = GATES[landing as keyof typeof GATES];
    if (gate) expect(can({ type: "user", id: 1, role }, gate)).toBe(true);
  });
});

describe("the path to return to after signing in", () => {
  it.each(["/admin", "/admin/users?role=student&q=ann&page=2", "/portal#days", "/loginsomething", "/"])(
    "may be %s",
    (path) => expect(safeReturnPath(path)).toBe(path),
  );

  it.each([
    "//evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "/\t/evil.test",
    "/\n/evil.test",
    "/admin\\..\\..",
    "https://evil.test",
    "javascript:alert(1)",
    "admin",
    " /admin",
    "",
  ])("is never another place: %j", (path) => expect(safeReturnPath(path)).toBeNull());

  it.each(["/login", "/login?next=/login", "/login/", "/signup", "/signup/student?key=X", "/setup", "/api/logout"])(
    "is never %s",
    (path) => expect(safeReturnPath(path)).toBeNull(),
  );

  it("may be missing", () => {
    expect(safeReturnPath(null)).toBeNull();
    expect(safeReturnPath(undefined)).toBeNull();
  });
});
