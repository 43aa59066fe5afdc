import { describe, expect, it } from "vitest";
import { PASSWORD_RULES } from "@/lib/password-rules";
import {
  emailSchema,
  fieldErrors,
  passwordSchema,
  registrationKeySchema,
  signInSchema,
  signUpSchema,
  studentSignUpSchema,
} from "./credentials";

const PERSON = { name: " Ada ", email: " Ada@Example.TEST ", password: "Correct1horse" };

describe("a new password", () => {
  const PASSWORDS = [
    "Correct1horse",
    "short1A",
    "alllower1x",
    "ALLUPPER1X",
    "NoDigitsHere",
    "Ünïcøde1",
    "",
    `aA1${"x".repeat(97)}`,
  ];

  it.each([...PASSWORDS, `aA1${"x".repeat(98)}`])(
    "is judged by the server as by the list on the page: %j",
    (password) => {
      const onThePage = PASSWORD_RULES.every((rule) => rule.holds(password));
      expect(passwordSchema.safeParse(password).success).toBe(onThePage);
    },
  );

  it("has 8 to 100 characters with both cases and a digit", () => {
    const good = PASSWORDS.filter((password) => passwordSchema.safeParse(password).success);
    expect(good).toEqual(["Correct1horse", "Ünïcøde1", `aA1${"x".repeat(97)}`]);
  });

  it("is told everything it lacks at once", () => {
    const parsed = signUpSchema.safeParse({ ...PERSON, password: "abc" });
    expect(parsed.error && fieldErrors(parsed.error)).toEqual({
      password: "The password needs 8 to 100 characters, an upper-case letter, a digit.",
    });
  });

  it("is not trimmed: a space is a character like others", () => {
    expect(signUpSchema.parse({ ...PERSON, password: " Correct1 " }).password).toBe(" Correct1 ");
  });
});

describe("an e-mail address", () => {
  it("is folded to one spelling wherever it comes in", () => {
    expect(emailSchema.parse(" Ada@Example.TEST ")).toBe("ada@example.test");
    expect(signUpSchema.parse(PERSON)).toMatchObject({ name: "Ada", email: "ada@example.test" });
    expect(signInSchema.parse({ email: " Ada@Example.TEST ", password: "x" }).email).toBe("ada@example.test");
  });

  it.each(["", "ada", "ada@", "@example.test", "a b@example.test", `${"x".repeat(250)}@example.test`])(
    "is not %j",
    (email) => expect(emailSchema.safeParse(email).success).toBe(false),
  );
});

describe("the rest of a sign-up", () => {
  it("may leave phone and time zone empty, as a form sends them", () => {
    const parsed = signUpSchema.parse({ ...PERSON, phone: "", timeZone: "" });
    expect(parsed.phone).toBeUndefined();
    expect(parsed.timeZone).toBeUndefined();
    expect(signUpSchema.parse({ ...PERSON, phone: "+1 (555) 010-99" }).phone).toBe("+1 (555) 010-99");
  });

  it.each([
    ["name", " "],
    ["name", "x".repeat(101)],
    ["phone", "call me"],
    ["timeZone", "Mars/Base"],
  ])("says beside the field what is wrong: %s", (field, value) => {
    const parsed = signUpSchema.safeParse({ ...PERSON, [field]: value });
    expect(parsed.error && Object.keys(fieldErrors(parsed.error))).toEqual([field]);
  });

  it("takes only time zones that the database takes too: names, no offsets", () => {
    expect(signUpSchema.safeParse({ ...PERSON, timeZone: "Asia/Kathmandu" }).success).toBe(true);
    expect(signUpSchema.safeParse({ ...PERSON, timeZone: "+05:45" }).success).toBe(false);
  });

  it("asks a student for a key, and drops what nobody asked for", () => {
    expect(studentSignUpSchema.safeParse({ ...PERSON, registrationKey: " " }).success).toBe(false);
    expect(registrationKeySchema.parse(" KEY-1 ")).toBe("KEY-1");
    expect(signUpSchema.parse({ ...PERSON, role: "admin", id: 1 })).not.toHaveProperty("role");
  });
});
