import { z } from "zod";

const instant = z.iso.datetime({ offset: true });

type Contract = {
  /** The name of the task at Trigger.dev, one file of jobs/ each. */
  task: string;
  payload: z.ZodType;
  /** How long one execution may take before the engine gives the job to another worker. */
  expireInSeconds: number;
};

/**
 * Every job: what it is called and what it takes. Apart from what the jobs do, so that whoever enqueues one does not
 * load it.
 */
export const jobContracts = {
  /** At :00 and :30 UTC; starts what is due. `scheduledFor` is the nominal time, however late the tick runs. */
  "sync-tick": {
    task: "wakatime-nightly",
    payload: z.object({ scheduledFor: instant }),
    expireInSeconds: 120,
  },
  /** At :00 and :30 UTC: settles places, creates sessions by the weekly rule, and reminds of those of the next day. */
  "demo-tick": {
    task: "demo-sessions",
    payload: z.object({}),
    expireInSeconds: 120,
  },
  /** At :00 and :30 UTC: once a day, in the morning of the academy, how all students in class stand. */
  "risk-tick": {
    task: "early-warning",
    payload: z.object({}),
    expireInSeconds: 600,
  },
  /** At :00 and :30 UTC: reminds of accounts that are to be deleted, and deletes those whose time of grace is over. */
  "account-tick": {
    task: "account-deletions",
    payload: z.object({}),
    expireInSeconds: 300,
  },
  /** Hands the users of a run out in chunks. */
  "sync-plan": {
    task: "wakatime-sync-plan",
    payload: z.object({ runId: z.number().int(), asOf: instant }),
    expireInSeconds: 900,
  },
  /** Syncs these users, in bounded time; what is left goes on as a further chunk. */
  "sync-chunk": {
    task: "wakatime-sync-chunk",
    payload: z.object({ runId: z.number().int(), asOf: instant, userIds: z.array(z.number().int()).min(1) }),
    expireInSeconds: 900,
  },
  /** Syncs one user: "Sync now" for one person, and the first fill after connecting. The run is planned already. */
  "sync-user": {
    task: "wakatime-sync-user",
    payload: z.object({ runId: z.number().int(), asOf: instant, userId: z.number().int() }),
    expireInSeconds: 900,
  },
  /** Sends what is due in the outbox. */
  "outbox-send": {
    task: "outbox-send",
    payload: z.object({}),
    expireInSeconds: 300,
  },
} as const satisfies Record<string, Contract>;

export type JobName = keyof typeof jobContracts;
export type JobPayload<Name extends JobName> = z.infer<(typeof jobContracts)[Name]["payload"]>;

export const jobNames = Object.keys(jobContracts) as JobName[];

/** What ticks: started by the clock, by nobody's asking. */
export const tickNames = ["sync-tick", "demo-tick", "risk-tick", "account-tick"] as const satisfies JobName[];

/** Cron of the ticks, in UTC: half hours, because a declarative cron cannot follow the academy's zone. */
export const TICK_CRON = "0,30 * * * *";
export const TICK_MINUTES = 30;
