import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { ACTION_WORDS } from "@/lib/lists/audit-words";

/** Exported functions that write without an audit event, each with the reason. Everything else must leave one. */
const NOT_AUDITED: Record<string, string> = {
  // Coding time and what it takes to fetch it: facts of somebody else, not changes of ours (product: not audited).
  replaceCodingDays: "daily summaries",
  recordSyncGap: "days that a plan withheld",
  clearSyncGap: "days that were given after all",
  keepToday: "a figure to show",
  finishUserSyncs: "outcomes of a sync; a link that breaks by it is audited (breakRefusedLinks)",
  recordFailedSync: "outcome of a sync",
  tallySyncRun: "counters of a run, whose start is audited",
  markSyncPlanned: "counters of a run",
  failSyncRun: "state of a run",
  closeStalledSyncRuns: "state of runs",
  deleteOldSyncOutcomes: "outcomes are kept thirty days",
  saveRefreshedTokens: "WakaTime's own renewal of a token; connecting and disconnecting are audited",
  // How students stand is derived from facts; its history is kept by the rows themselves.
  storeRiskBands: "derived",
  finishRiskCheck: "which day the check was done for",
  // Machinery that holds no facts.
  leaseConnections: "who is at work",
  renewLease: "who is at work",
  releaseConnections: "who is at work",
  takeWakatimeSlot: "pace of calls",
  releaseWakatimeSlot: "pace of calls",
  pauseWakatimeCalls: "pace of calls",
  createOauthState: "the way to WakaTime and back",
  spendOauthState: "the way to WakaTime and back",
  deleteExpiredOauthStates: "the way to WakaTime and back",
  // Mail: what is told, not what is so.
  writeNotices: "outbox; the change that it tells of is audited",
  directCopies: "outbox; the same again for Slack",
  claimNotices: "sending",
  markSent: "sending",
  markFailed: "sending",
  dropNotice: "sending",
  noteUnsendable: "sending",
  postponeSlackNotices: "sending",
  keepSessions: "sending",
  markCancellationSent: "sending",
  claimChannelNotices: "sending",
  writeAcademyNotice: "outbox; a message to try whether it arrives",
  writeRiskDigests: "outbox; what it tells of is derived",
  tellSignups: "outbox; the change that it tells of is audited",
  announceSessions: "outbox; the change that it tells of is audited",
  announceCancellation: "outbox; the change that it tells of is audited",
  writeReminders: "outbox; a reminder changes nothing",
  mailLink: "outbox; what the link does is audited",
  mailLinks: "outbox; what the links do is audited",
  closeLinks: "part of what its callers do, who are audited",
  spendLink: "part of what its callers do, who are audited",
  requestVerification: "a mail that somebody asked for; following its link is audited",
  requestPasswordReset: "a mail that anybody can ask for; following its link is audited",
  // Signing in and out: the session row says when and from where.
  openSession: "signing in",
  revokeSession: "signing out",
  revokeSessionsOf: "part of what its callers do, who are audited",
  createSetupToken: "printed at the start of an empty academy; using it is audited",
  // Parts of a change that their callers make and write down.
  writeFrom: "rows of a move or a change of status",
  endAssignment: "an assignment that ends with a move, named in its event",
  writeAccounts: "rows of an import",
  writeEnrolments: "rows of an import",
  // Steps of deleting an account, whose beginning and end are audited.
  forgetOwnNames: "names of projects that are nobody's any more",
  erasePerson: "what the account's end takes away",
  redactLog: "the log itself",
  // One's own taste.
  followView: "first views that follow a changed one, which is audited",
  rememberListChoice: "columns and first view of one's own lists",
};

const FOLDER = join(import.meta.dirname);

type Fn = { name: string; file: string; exported: boolean; calls: Set<string>; writes: boolean };

const WRITING_METHODS = new Set(["insert", "update", "delete"]);
const WRITING_SQL = /\b(insert\s+into|update\s+"?[a-z_]+"?\s+(?:[a-z]\s+)?set|delete\s+from)\b/i;

/** Top-level functions of a file: what they call, and whether they hold a statement that writes. */
function functionsOf(file: string): Fn[] {
  const source = ts.createSourceFile(file, readFileSync(join(FOLDER, file), "utf8"), ts.ScriptTarget.Latest, true);
  const functions: Fn[] = [];
  const take = (name: string, exported: boolean, body: ts.Node) => {
    const fn: Fn = { name, file, exported, calls: new Set(), writes: false };
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node)) fn.calls.add(node.text);
      if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
        const { expression, name: method } = node.expression;
        if (WRITING_METHODS.has(method.text) && /(^|\.)(db|tx|inner)$/.test(expression.getText().trim()))
          fn.writes = true;
      }
      if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === "sql") {
        if (WRITING_SQL.test(node.template.getText())) fn.writes = true;
        if (/insert into audit_event/i.test(node.template.getText())) fn.calls.add("recordAudit");
      }
      ts.forEachChild(node, visit);
    };
    visit(body);
    functions.push(fn);
  };
  const isExported = (node: ts.Node) =>
    ts.canHaveModifiers(node) &&
    Boolean(ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword));
  for (const statement of source.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name && statement.body) {
      take(statement.name.text, isExported(statement), statement.body);
    }
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (ts.isIdentifier(name) && initializer) take(name.text, isExported(statement), initializer);
    }
  }
  return functions;
}

const files = readdirSync(FOLDER).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
const all = files.flatMap(functionsOf);

/** Does the function, or anything that it calls in this folder, do it? Its own file's functions go before another's. */
function reaches(start: Fn, does: (fn: Fn) => boolean, seen = new Set<Fn>()): boolean {
  if (seen.has(start)) return false;
  seen.add(start);
  if (does(start)) return true;
  return [...start.calls].some((name) => {
    const found = all.filter((fn) => fn.name === name);
    const next = found.find(({ file }) => file === start.file) ?? found.find(({ exported }) => exported);
    return next !== undefined && reaches(next, does, seen);
  });
}

const writing = all.filter((fn) => fn.exported && reaches(fn, ({ writes }) => writes));
const isAudited = (fn: Fn) => reaches(fn, ({ calls }) => calls.has("recordAudit"));

/** Texts such as `user.edit` in the source, but for the questions that are put to `can`. */
function actionsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), "utf8");
      const asked = /\bcan\([^()]*(?:\([^()]*\))?,\s*"[a-z.-]+"/g;
      return [
        ...text
          .replace(asked, "")
          .replace(/hashtext\([^)]*\)/g, "")
          .matchAll(/["']([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*)["']/g),
      ].map(([, action]) => action ?? "");
    })
    .filter((action) => !/\.(ts|tsx|json|js|css|test|com|invalid)$/.test(action));
}

describe("the words of the audit log", () => {
  it("are there for every action that is written down", () => {
    const used = [...new Set([...actionsIn(FOLDER), ...actionsIn(join(FOLDER, "../../lib/notify"))])].sort();
    expect(used.length).toBeGreaterThan(30);
    expect(used.filter((action) => !(action in ACTION_WORDS))).toEqual([]);
  });
});

describe("every write by a person or a job", () => {
  it("is looked for where there are many", () => expect(writing.length).toBeGreaterThan(40));

  it("leaves an audit event, or is excused by name", () => {
    const silent = writing.filter((fn) => fn.name !== "recordAudit" && !isAudited(fn)).map(({ name }) => name);
    expect(silent.filter((name) => !(name in NOT_AUDITED))).toEqual([]);
  });

  it("is not excused for nothing", () => {
    const silent = new Set(writing.filter((fn) => !isAudited(fn)).map(({ name }) => name));
    expect(Object.keys(NOT_AUDITED).filter((name) => !silent.has(name))).toEqual([]);
  });
});
