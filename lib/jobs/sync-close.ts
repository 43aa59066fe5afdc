import type { Db } from "@/db/client";
import type { Notice } from "@/db/mutations/outbox";
import { breakRefusedLinks } from "@/db/mutations/sync-outcome";
import { failSyncRun, isTalliedLately, type Tally, tallySyncRun } from "@/db/mutations/sync-run";
import { listActiveAdmins } from "@/db/queries/admins";
import { notify } from "@/lib/notify/notify";
import type { JobIo } from "./definition";

/** This many refusals and nobody who got through: no need to ask all the others. */
const REFUSALS_THAT_STOP = 20;
/** One is that person's, as far as anybody can know; two who are refused alike speak of something that they share. */
const REFUSALS_OF_ALL = 2;

const REFUSED_EVERYBODY =
  "WakaTime refused every student. Most likely the client secret of this installation is wrong: nobody was unlinked.";

type Io = Pick<JobIo, "db" | "now" | "log" | "enqueue">;

/**
 * Counts what a run has done so far, and ends it when that is all: then refused links break and their owners are told,
 * unless everybody was refused, which is the fault of the installation and is one alarm. `false` when the run is over.
 */
export async function tallyRun(
  runId: number,
  { db, now, log, enqueue }: Io,
  { unlessDoneLately = false } = {},
): Promise<boolean> {
  return db.transaction(async (tx) => {
    // Several chunks of a run work at the same time: one of them is enough.
    if (unlessDoneLately && (await isTalliedLately(tx, runId))) return true;
    const tally = await tallySyncRun(tx, runId, now());
    if (!tally) return false;
    const stop = everybodyRefused(tally, tally.closed ? REFUSALS_OF_ALL : REFUSALS_THAT_STOP);
    if (stop) {
      await failSyncRun(tx, runId, { error: REFUSED_EVERYBODY, now: now() });
      log.error({ runId, refused: tally.refused }, "WakaTime refused every student");
      await raiseAlarm(tx, runId, tally.refused, enqueue);
      return false;
    }
    if (!tally.closed) return true;
    await breakLinks(tx, { runId, tally, now: now(), enqueue });
    return false;
  });
}

const everybodyRefused = ({ attempted, refused }: Tally, from: number) => refused >= from && refused === attempted;

/**
 * WakaTime still takes these people's access and yet renews none: perhaps it is us whom it refuses. A killed worker that
 * lost several renewals looks the same; either way their access lasts for another day.
 */
const secretIsDoubtful = ({ bridged, renewed }: Tally) => bridged >= REFUSALS_OF_ALL && renewed === 0;

type Ended = { runId: number; tally: Tally; now: Date; enqueue: JobIo["enqueue"] };

async function breakLinks(tx: Db, { runId, tally, now, enqueue }: Ended): Promise<void> {
  const spareBridged = secretIsDoubtful(tally);
  if (spareBridged) await raiseAlarm(tx, runId, tally.refused, enqueue);
  const broken = await breakRefusedLinks(tx, { runId, job: "sync", now, spareBridged });
  const notices = broken.map(
    ({ userId, connectionId }): Notice => ({
      userId,
      kind: "wakatime-reconnect",
      occasion: `connection:${connectionId}:run:${runId}`,
    }),
  );
  await notify(tx, notices, enqueue);
}

async function raiseAlarm(tx: Db, runId: number, refused: number, enqueue: JobIo["enqueue"]): Promise<void> {
  const admins = await listActiveAdmins(tx);
  const notices = admins.map(
    (userId): Notice => ({ userId, kind: "wakatime-alarm", occasion: `run:${runId}`, payload: { runId, refused } }),
  );
  await notify(tx, notices, enqueue);
}
