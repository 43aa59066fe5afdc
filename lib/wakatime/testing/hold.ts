import type { Failure, FakeWakatime } from "@/e2e/fakes/wakatime";

/** The stand-in keeps these answers back until `release`; `asked` is when the first of them is waited for. */
export function holdAnswers(
  { failures }: Pick<FakeWakatime, "failures">,
  which: Pick<Failure, "person" | "path" | "times">,
) {
  const [asked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const until = () => {
    asked.resolve();
    return released.promise;
  };
  failures.add({ kind: "slow", ...which, until });
  return { asked: asked.promise, release: released.resolve };
}
