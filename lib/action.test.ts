import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { formAction } from "./action";
import { DatabaseAwayError, ok } from "./errors";

/** What Next provides, and a session that cannot be read. */
const viewer = vi.hoisted(() => ({ get: async (): Promise<unknown> => null }));
vi.mock("next/headers", () => ({ headers: async () => new Headers() }));
vi.mock("@/lib/auth/current", () => ({ getViewer: () => viewer.get() }));

const schema = z.object({ name: z.string().min(1) });
const form = new FormData();
form.set("name", "Ana");

describe("an action behind a form", () => {
  it("answers the form in words when the session's statement has no answer, so that what was typed stays", async () => {
    let ran = 0;
    const action = formAction(schema, async () => {
      ran += 1;
      return ok();
    });
    viewer.get = () => Promise.reject(new Error("Failed query", { cause: new DatabaseAwayError() }));
    expect(await action(null, form)).toMatchObject({ ok: false, code: "unavailable", retryAfterSeconds: 2 });
    viewer.get = async () => ({ viewedBy: "somebody" });
    expect(await action(null, form)).toMatchObject({ ok: false, code: "forbidden" });
    expect(ran).toBe(0);
    viewer.get = async () => null;
    expect(await action(null, form)).toEqual({ ok: true, data: undefined });
    expect(await action(null, new FormData())).toMatchObject({ code: "invalid", fields: { name: expect.any(String) } });
  });

  it("lets a redirect through, also one of the session's", async () => {
    const away = Object.assign(new Error("NEXT_REDIRECT"), { digest: "NEXT_REDIRECT;replace;/login;307;" });
    viewer.get = () => Promise.reject(away);
    await expect(formAction(schema, async () => ok())(null, form)).rejects.toBe(away);
  });
});
