import { afterEach, describe, expect, it, vi } from "vitest";
import { logConsoleErrors } from "./console-errors";
import { log } from "./log";
import { runWithRequest } from "./request-context";

afterEach(() => vi.restoreAllMocks());

const during = (fn: () => void) => runWithRequest({ id: "the-request", startedAt: 0, statements: 0, sqlMs: 0 }, fn);

function taken() {
  const logged = vi.spyOn(log, "error").mockReturnValue(undefined);
  const printed = vi.fn();
  const target = { error: printed as Console["error"] };
  logConsoleErrors(target);
  return { logged, printed, target };
}

describe("what the framework prints about a page that failed", () => {
  it("becomes one line without the values of a statement's parameters, under the id that the page shows", () => {
    const { logged, printed, target } = taken();
    const cause = Object.assign(new Error("relation does not exist"), { name: "PostgresError" });
    const failed = Object.assign(new Error("Failed query: select $1\nparams: ada@cohort.test", { cause }), {
      query: "select $1",
      digest: "2839471",
    });
    during(() => {
      target.error(" ⨯", failed);
      // The same again, as the framework finds it while it draws the page around it.
      target.error(" ⨯", Object.assign(new Error("An error occurred in a component"), { digest: failed.digest }));
    });
    expect(printed).not.toHaveBeenCalled();
    expect(logged).toHaveBeenCalledTimes(1);
    const [facts, words] = logged.mock.calls[0] as unknown as [object, string];
    expect(words).toBe("unexpected error");
    expect(facts).toMatchObject({ id: "the-request", error: "PostgresError: relation does not exist" });
    expect(JSON.stringify(facts)).not.toContain("ada@");
    expect(failed.digest).toBe("the-request");
  });

  it("stays as it is where it is no error, and where a digest is an order of the framework", () => {
    const { logged, printed, target } = taken();
    target.error("listening", 3000);
    expect(printed).toHaveBeenCalledWith("listening", 3000);
    const redirect = Object.assign(new Error("x"), { digest: "NEXT_REDIRECT;replace;/login;307;" });
    during(() => target.error(redirect));
    expect(redirect.digest).toMatch(/^NEXT_REDIRECT/);
    expect(logged).toHaveBeenCalledTimes(1);
  });
});
