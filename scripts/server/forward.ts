import type { IncomingMessage, ServerResponse } from "node:http";
import type { Dispatcher, Pool } from "undici";
import { asksFor, refuseWith } from "./front-answers";
import { headersForClient, headersForWeb } from "./front-headers";
import { BAD_REQUEST, BROKEN_OFF, BUSY, type PlainAnswer } from "./plain-answer";
import type { Lane, Turns } from "./turns";

/** A web process as the front sees it. */
export type WebLane = Lane & {
  pool: Pool;
  /** Told when the process takes no more connections. */
  closed?: () => void;
};

/** A body of up to this size is read before the request waits for its turn: a slow sender then costs no turn. */
const HELD_BODY_BYTES = 256 * 1024;
/** Of all bodies together; one that no longer fits is read when its turn has come. */
const HELD_BYTES = 32 * 1024 * 1024;
const REPEATABLE = new Set(["GET", "HEAD"]);
/** Nobody listens there any more: the process is on its way out, however long it still lives. */
const CLOSED = new Set(["ECONNREFUSED", "ENOENT"]);
const LOST_PAUSE_MS = 50;
const MOST_TRIES = 20;
/** Whoever watches over the server is to hear something while everybody else waits. */
const PASSING = /^\/(readyz|metrics)(\/|$)/;

type Body = Buffer | IncomingMessage | null;

/** Takes requests of clients to the web processes, and their answers back, as streams with back pressure. */
export function createForwarder(turns: Turns<WebLane>, trustProxy: boolean) {
  let heldBytes = 0;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const arrivedAt = Date.now();
    const arrived = performance.now();
    const refuse = (answer: PlainAnswer) => refuseWith(request, response, answer, { arrivedAt, trustProxy });
    const length = smallBody(request);
    const held = length !== undefined && heldBytes + length <= HELD_BYTES;
    if (held) {
      heldBytes += length;
      response.once("close", () => {
        heldBytes -= length;
      });
    }
    const body = await bodyOf(request, held);
    if (body === undefined || response.destroyed) return;

    const headers = headersForWeb(request, arrivedAt);
    let leave = () => {};
    let abort = () => {};
    response.once("close", () => {
      leave();
      if (!response.writableFinished) abort();
    });

    let tries = 0;
    const ask = (again: boolean) => {
      tries += 1;
      leave = turns.ask({
        start: (lane) => send(lane, again),
        refuse: () => refuse(BUSY),
        since: tries > 1 ? arrived : undefined,
        passes: asksFor(request, PASSING),
      });
    };
    const send = (lane: WebLane, again: boolean) => {
      const release = turns.take(lane);
      let begun = false;
      const handler = answerTo(response, {
        onBegin: (controller) => {
          begun = true;
          abort = () => controller.abort(new Error("the client went away"));
          if (response.destroyed) abort();
        },
        onEnd: release,
        onError: (error) => {
          const { code = "" } = error as { code?: string };
          // First of all: its turns would otherwise be given to others.
          if (CLOSED.has(code) && turns.lanes.delete(lane)) lane.closed?.();
          release();
          if (response.destroyed) return;
          if (code === "UND_ERR_INVALID_ARG") return refuse(BAD_REQUEST);
          if (response.headersSent) return refuse(BROKEN_OFF);
          if (tries >= MOST_TRIES) return refuse(begun || again ? BROKEN_OFF : BUSY);
          // What never reached the process may be asked again whatever it is. A question that began and had no answer is
          // asked once more; of anything else nobody knows how far it got.
          const question = !body && REPEATABLE.has(request.method ?? "");
          if (!begun || (question && !again))
            setTimeout(() => response.destroyed || ask(begun || again), LOST_PAUSE_MS);
          else refuse(BROKEN_OFF);
        },
      });
      const method = request.method as Dispatcher.HttpMethod;
      lane.pool.dispatch({ path: request.url ?? "/", method, headers, body }, handler);
    };
    ask(false);
  };
}

/** How long the body is that may be held; undefined when it is too large, or when nobody knows. */
function smallBody({ headers }: IncomingMessage): number | undefined {
  const length = Number(headers["content-length"] ?? 0);
  return headers["transfer-encoding"] === undefined && length <= HELD_BODY_BYTES ? length : undefined;
}

/** The body when it is held, the request itself to stream from otherwise; undefined when the client went away. */
async function bodyOf(request: IncomingMessage, held: boolean): Promise<Body | undefined> {
  const { "content-length": length, "transfer-encoding": encoding } = request.headers;
  if (encoding === undefined && !Number(length)) return null;
  if (!held) return request;
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("error", () => resolve(undefined));
    request.once("close", () => resolve(undefined));
  });
}

type Steps = {
  onBegin: (controller: Dispatcher.DispatchController) => void;
  onEnd: () => void;
  onError: (error: Error) => void;
};

/**
 * Writes what a web process answers to the client, no faster than the client takes it. Headers leave with the first byte
 * of the body: until then the question can be asked again.
 */
function answerTo(response: ServerResponse, { onBegin, onEnd, onError }: Steps): Dispatcher.DispatchHandler {
  let sendHead: (() => void) | undefined;
  const sendHeadOnce = () => {
    sendHead?.();
    sendHead = undefined;
  };
  return {
    onRequestStart: onBegin,
    onResponseStart(controller, status, headers, statusMessage) {
      if (status < 200) return;
      const raw = controller.rawHeaders as (Buffer | string)[];
      sendHead = () => response.writeHead(status, statusMessage, headersForClient(raw));
      // An event stream, which no route sends so far, says nothing for a while: its client is to know that it is connected.
      if (!String(headers["content-type"]).startsWith("text/event-stream")) return;
      sendHeadOnce();
      response.flushHeaders();
    },
    onResponseData(controller, chunk) {
      sendHeadOnce();
      if (response.write(chunk)) return;
      controller.pause();
      response.once("drain", () => controller.resume());
    },
    onResponseEnd() {
      sendHeadOnce();
      response.end();
      onEnd();
    },
    onResponseError: (_controller, error) => onError(error),
  };
}
