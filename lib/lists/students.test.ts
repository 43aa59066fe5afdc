import { describe, expect, it } from "vitest";
import { untouched } from "./definition";
import { studentsList } from "./students";

const load = (search: string) => studentsList.load(new URLSearchParams(search));

describe("the students list's address", () => {
  it("means active students when it says nothing, and does not say so", async () => {
    const bare = await load("");
    expect(bare.status).toBe("active");
    expect(studentsList.href(bare)).toBe("/admin/students");
    expect((await load("status=nonsense")).status).toBe("active");
    expect(studentsList.href(await load("status=active&batch=3"))).toBe("/admin/students?batch=3");
  });

  it("keeps “all” through pages, views, exports and bulk actions", async () => {
    const all = await load("status=all&page=3&sort=-joined");
    expect(all.status).toBe(studentsList.filters.status.all);
    expect(await load(studentsList.query(all))).toMatchObject({ status: "all", page: 1, sort: { key: "joined" } });
  });

  it("counts a filter as touched only when it differs from what the list begins with", () => {
    const { status, batch } = studentsList.filters;
    expect([untouched(status), untouched(batch)]).toEqual(["active", null]);
  });
});
