import type postgres from "postgres";
import type { Racer } from "./racers";

export type Course = {
  /** Where the product answers. */
  url: string;
  sql: postgres.Sql;
  racers: Racer[];
  places: number;
  /** So many race at once for the places; the other racers sign up while those who got one withdraw. */
  starters: number;
};

type Answer = { racer: Racer; status: number; body: Record<string, unknown>; ms: number };
type Row = { id: number; studentId: number; userId: number; status: string };

/** What a round took (ms), and everything that was not as it must be. */
export type Round = { signUps: number[]; signUpsMs: number; changes: number[]; changesMs: number; faults: string[] };

function shuffled<T>(values: T[]): T[] {
  const mixed = [...values];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
  }
  return mixed;
}

async function send(url: string, method: string, racer: Racer): Promise<Answer> {
  const startedAt = performance.now();
  const answer = await fetch(url, {
    method,
    headers: { cookie: racer.cookie, "Content-Type": "application/json" },
    ...(method === "POST" ? { body: "{}" } : {}),
  });
  const text = await answer.text();
  return { racer, status: answer.status, body: text ? JSON.parse(text) : {}, ms: performance.now() - startedAt };
}

async function allAtOnce(calls: (() => Promise<Answer>)[]): Promise<{ answers: Answer[]; ms: number }> {
  const startedAt = performance.now();
  const answers = await Promise.all(calls.map((call) => call()));
  return { answers, ms: performance.now() - startedAt };
}

/** Everybody signs up for one session at once; then those with a place withdraw while others sign up. */
export async function runRound({ url, sql, racers, places, starters }: Course, date: string): Promise<Round> {
  const faults: string[] = [];
  const expectEqual = (what: string, found: unknown, wanted: unknown) => {
    const [is, should] = [JSON.stringify(found), JSON.stringify(wanted)];
    if (is !== should) faults.push(`${date}: ${what}: ${is} instead of ${should}`);
  };
  const [session] = await sql<{ id: number }[]>`
    insert into demo_session (session_date, time_zone, title, max_scheduled)
    values (${date}, 'UTC', 'Race', ${places}) returning id`;
  if (!session) throw new Error("the insert returned no row");
  const sessionId = session.id;
  /** In the order in which they signed up. */
  const rowsNow = (status: string) => sql<Row[]>`
    select g.id, g.student_id as "studentId", st.user_id as "userId", g.status
    from demo_signup g join student st on st.id = g.student_id
    where g.session_id = ${sessionId} and g.status = ${status} order by g.queued_at, g.id`;
  const idsNow = async (status: string) => (await rowsNow(status)).map(({ studentId }) => studentId);
  const signUp = (racer: Racer) => () => send(`${url}/api/demo-sessions/${sessionId}/signup`, "POST", racer);

  const [first, late] = [racers.slice(0, starters), racers.slice(starters)];
  const race = await allAtOnce(shuffled(first).map(signUp));
  expectEqual("answers that are not 200", notOf(race.answers, 200), []);
  const scheduled = await rowsNow("scheduled");
  const waiting = await idsNow("waitlisted");
  expectEqual("places taken", scheduled.length, Math.min(places, starters));
  expectEqual("people who wait", waiting.length, Math.max(0, starters - places));
  const [order] = await sql<{ inOrder: boolean | null }[]>`
    select max(queued_at) filter (where status = 'scheduled') < min(queued_at) filter (where status = 'waitlisted') as "inOrder"
    from demo_signup where session_id = ${sessionId}`;
  expectEqual("whoever has a place came before whoever waits", order?.inOrder, true);
  // What each was told is where they stand.
  const told = race.answers.filter(({ body }) => body.status === "waitlisted");
  const inOrder = told.toSorted((a, b) => Number(a.body.waiting_place) - Number(b.body.waiting_place));
  const toldPlaces = inOrder.map(({ body }) => body.waiting_place);
  expectEqual(
    "places in the waiting list as told",
    toldPlaces,
    Array.from(waiting, (_, index) => index + 1),
  );
  expectEqual(
    "people in the order told",
    inOrder.map(({ racer }) => racer.studentId),
    waiting,
  );

  const [before] = await sql<{ last: string }[]>`select coalesce(max(id), 0)::text as last from outbox`;
  const cookieOf = new Map(racers.map((racer) => [racer.studentId, racer]));
  const leaving = scheduled.map(
    (row) => () => send(`${url}/api/demo-signups/${row.id}`, "DELETE", cookieOf.get(row.studentId) as Racer),
  );
  const changes = await allAtOnce(shuffled([...leaving, ...late.map(signUp)]));
  expectEqual("later answers that are neither 200 nor 204", notOf(changes.answers, 200, 204), []);
  const promoted = waiting.slice(0, scheduled.length);
  expectEqual("who has a place now", await idsNow("scheduled"), promoted);
  expectEqual(
    "who is out",
    (await idsNow("cancelled")).toSorted(byNumber),
    scheduled.map((row) => row.studentId).sort(byNumber),
  );
  const stillWaiting = await idsNow("waitlisted");
  expectEqual("who waits on, in order", stillWaiting.slice(0, -late.length), waiting.slice(promoted.length));
  expectEqual(
    "who came later, behind them",
    stillWaiting.slice(-late.length).toSorted(byNumber),
    late.map(({ studentId }) => studentId).sort(byNumber),
  );
  const notices = await sql<{ userId: number }[]>`
    select user_id as "userId" from outbox
    where kind = 'demo-promoted' and id > ${before?.last ?? "0"} and (payload -> 'session' ->> 'id')::int = ${sessionId}`;
  const toTell = (await rowsNow("scheduled")).map(({ userId }) => userId);
  expectEqual("who is told of a place", notices.map(({ userId }) => userId).sort(byNumber), toTell.sort(byNumber));

  return {
    signUps: race.answers.map(({ ms }) => ms),
    signUpsMs: race.ms,
    changes: changes.answers.map(({ ms }) => ms),
    changesMs: changes.ms,
    faults,
  };
}

const byNumber = (a: number, b: number) => a - b;

const notOf = (answers: Answer[], ...wanted: number[]) =>
  answers.filter(({ status }) => !wanted.includes(status)).map(({ status, body }) => `${status} ${body.message ?? ""}`);
