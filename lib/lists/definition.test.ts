import { describe, expect, it } from "vitest";
import { auditList } from "./audit";
import { batchesList } from "./batches";
import { certificatesList } from "./certificates";
import { type AnyList, orderWords, shownColumns, viewSearch } from "./definition";
import { demoSessionsList } from "./demo-sessions";
import { projectsList } from "./projects";
import { rosterList } from "./roster";
import { studentsList } from "./students";
import { syncRunsList } from "./sync-runs";
import { syncStudentsList } from "./sync-students";
import { usersList } from "./users";

const load = (query: string) => usersList.load(new URLSearchParams(query));

describe("a list's address", () => {
  it("reads what it wrote, and leaves out what is default", async () => {
    const values = await load(
      "?q=ana&role=student&batch=7&sort=-joined&page=3&size=50&open=9&view=2&columns=name,email",
    );
    expect(await load(usersList.href(values).split("?")[1] ?? "")).toEqual(values);
    expect(usersList.href(await load(""))).toBe("/admin/users");
  });

  it("keeps filters and order of a state for views, exports and bulk actions, not where somebody was in it", async () => {
    const values = await load("?q=ana&role=student&sort=-joined&page=3&open=9&view=2&columns=name");
    expect(usersList.query(values)).toBe("?q=ana&sort=-joined&role=student");
    expect(usersList.query(await load("?page=2"))).toBe("");
  });

  it("falls back to the default for what nobody can mean", async () => {
    const values = await load("?role=emperor&batch=0&sort=password&page=-3&size=7&open=99999999999");
    expect(values).toMatchObject({ role: null, batch: null, page: 1, size: 20, open: null });
    expect(values.sort).toEqual({ key: "name", descending: false });
  });

  it("leads to a view with its columns", async () => {
    expect(viewSearch({ id: 7, query: "?role=student", columns: ["name", "email"] })).toBe(
      "?role=student&columns=name,email&view=7",
    );
    expect(viewSearch({ id: 7, query: "", columns: null })).toBe("?view=7");
    expect(await load(viewSearch({ id: 7, query: "?q=a", columns: ["name"] }))).toMatchObject({
      q: "a",
      columns: ["name"],
      view: 7,
    });
  });
});

describe("the columns of a list", () => {
  it("are its own until somebody chooses, always with the first, and never one that does not exist", () => {
    expect(shownColumns(usersList, undefined)).not.toContain("joined");
    expect(shownColumns(usersList, ["joined", "password"])).toEqual(["name", "joined"]);
    expect(shownColumns(usersList, [])).toEqual(["name"]);
  });
});

describe("an order in words", () => {
  it("is called as the header of its column, and in both directions", () => {
    expect(orderWords(usersList, { key: "signedIn", descending: false })).toBe("Last sign-in, ascending");
    expect(orderWords(usersList, { key: "signedIn", descending: true })).toBe("Last sign-in, descending");
    expect(orderWords(demoSessionsList, { key: "nearest", descending: true })).toBe("Nearest last");
  });

  const lists: AnyList[] = [auditList, batchesList, certificatesList, demoSessionsList, projectsList, rosterList];
  it.each([...lists, studentsList, syncRunsList, syncStudentsList, usersList])(
    "has words in $name for all it can be ordered by",
    (list: AnyList) => {
      const words = list.sortKeys.map((key: string) => orderWords(list, { key, descending: false }));
      expect(words.length).toBeGreaterThan(0);
      expect(words.filter((each: string) => each.startsWith("undefined"))).toEqual([]);
    },
  );
});
