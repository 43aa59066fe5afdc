import { describe, expect, it } from "vitest";
import { type KnownName, type LoggedEvent, redactEvent, sayingWho } from "./redact";

const ADA: KnownName[] = [
  { text: "Ada Byron", theirsAlone: true },
  { text: "ada@people.test", theirsAlone: true },
  { text: "Ada King", theirsAlone: false },
  { text: "Rose", theirsAlone: true },
];
const event = (values: Partial<LoggedEvent>): LoggedEvent => ({
  ...{ id: 1, subjectType: "batch", label: "Batch", before: null, after: null },
  ...values,
});

describe("an event about a deleted person", () => {
  it("keeps what kind of change it was, and nothing that was written", () => {
    const about = event({
      ...{ subjectType: "user", label: "Ada Byron" },
      before: { name: "Ada King", email: "ada@people.test", status: "active" },
      after: { phone: "+1 555", status: "dropped", reason: "moved to Turin", from: "2026-11-02" },
    });
    expect(redactEvent(about, ADA, true)).toEqual({
      ...{ id: 1, subjectType: "user", label: "Deleted student" },
      before: { status: "active" },
      after: { status: "dropped", from: "2026-11-02" },
    });
  });

  it("still says which session or project it was about, by whatever name the person had then", () => {
    const label = "Ada King · Friday demos, 2026-11-06";
    expect(redactEvent(event({ subjectType: "demo_signup", label }), ADA, true).label).toBe(
      "Deleted student · Friday demos, 2026-11-06",
    );
    expect(redactEvent(event({ subjectType: "demo", label: "Ada King · a poem" }), ADA, true).label).toBe(
      "Deleted student",
    );
    expect(redactEvent(event({ subjectType: "demo_signup", label: "A. B. · x" }), ADA, true).label).toBe(
      "Deleted student",
    );
  });
});

describe("another event", () => {
  it("loses names and addresses where they stand as words, however deep and in whatever case", () => {
    const other = event({
      label: "ADA BYRON’s batch",
      after: { list: [{ text: "with Ada Byron (Ada@People.test)" }], places: 3, "Ada Byron": true, none: null },
    });
    expect(redactEvent(other, ADA, false)).toMatchObject({
      label: "Deleted student’s batch",
      after: { list: [{ text: "with Deleted student (Deleted student)" }], places: 3, "Ada Byron": true, none: null },
    });
  });

  it("keeps words that only contain them, single words, and what somebody else is called too", () => {
    for (const text of ["Nevada Byronic", "xada@people.testing", "Rose garden", "Ada King"]) {
      const other = event({ label: text, before: { text } });
      expect(redactEvent(other, ADA, false)).toEqual(other);
    }
  });

  it("is left as it is where nothing says who it was", () => {
    const other = event({ label: "(.*)" });
    expect(redactEvent(other, [], false)).toEqual(other);
    expect(redactEvent(other, [{ text: ".* .*", theirsAlone: true }], false)).toEqual(other);
  });
});

it("says who: whole names and addresses that are one person's alone", () => {
  expect(sayingWho(ADA)).toEqual(["Ada Byron", "ada@people.test"]);
});
