import { createLoader, createSerializer } from "nuqs/server";
import { describe, expect, it } from "vitest";
import { lastPage, parseAsId, tableParams } from "./table-params";

const params = tableParams(["name", "joined"], { key: "joined", descending: true });
const read = createLoader(params);
const write = createSerializer(params);
const DEFAULTS = { q: "", sort: { key: "joined", descending: true }, page: 1, size: 20 };

describe("a table's part of the address", () => {
  it("has defaults, which stay out of it", () => {
    expect(read("")).toEqual(DEFAULTS);
    expect(write("/admin/users", read(""))).toBe("/admin/users");
  });

  it.each([
    ["?page=0", { page: 1 }],
    ["?page=-3", { page: 1 }],
    ["?page=99999999999", { page: 1_000_000 }],
    ["?page=x", { page: 1 }],
    ["?size=50", { size: 50 }],
    ["?size=100000", { size: 20 }],
    ["?size=-1", { size: 20 }],
    ["?sort=name", { sort: { key: "name", descending: false } }],
    ["?sort=-name", { sort: { key: "name", descending: true } }],
    ["?sort=passwordHash", { sort: DEFAULTS.sort }],
    ["?sort=--name", { sort: DEFAULTS.sort }],
    ["?q=%20ann%20", { q: "ann" }],
    ["?q=%20%20", { q: "" }],
  ])("%s is kept within what the table can do", (search, expected) => {
    expect(read(search)).toEqual({ ...DEFAULTS, ...expected });
  });

  it("cuts a search to a hundred characters", () => {
    expect(read(`?q=${"x".repeat(500)}`).q).toHaveLength(100);
  });

  it("reads back what it wrote", () => {
    const state = { q: "ann & co", sort: { key: "name", descending: true } as const, page: 3, size: 50 as const };
    expect(read(write("/admin/users", state).replace("/admin/users", ""))).toEqual(state);
  });

  it.each([
    ["7", 7],
    ["2147483647", 2_147_483_647],
    ["2147483648", null],
    ["99999999999", null],
    ["0", null],
    ["-1", null],
    ["x", null],
  ])("reads %s as an id that a row can have, or as none", (value, id) => {
    expect(parseAsId.parse(value)).toBe(id);
  });

  it("knows the last page, of nothing too", () => {
    expect([lastPage(0, 20), lastPage(20, 20), lastPage(21, 20)]).toEqual([1, 1, 2]);
  });
});
