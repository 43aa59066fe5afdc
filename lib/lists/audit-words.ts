/** What happened, as the log says it. Every action that is written down anywhere has its words here: a test compares. */
export const ACTION_WORDS: Record<string, string> = {
  "academy.claim": "opened the academy",
  "assignment.create": "assigned a student",
  "assignment.edit": "edited an assignment",
  "assignment.remove": "took a student off a project",
  "batch.add-instructor": "added an instructor",
  "batch.archive": "archived a batch",
  "batch.create": "created a batch",
  "batch.delete": "deleted a batch",
  "batch.edit": "edited a batch",
  "batch.limit-key": "changed the limits of a registration key",
  "batch.remove-instructor": "removed an instructor",
  "batch.rotate-key": "replaced a registration key",
  "batch.switch-key": "switched a registration key",
  "batch.unarchive": "took a batch out of the archive",
  "certificate.delete": "deleted a certificate",
  "certificate.edit": "edited a certificate",
  "certificate.issue": "issued a certificate",
  "certificate.record": "recorded a certificate",
  "certificate.revoke": "revoked a certificate",
  "connection.break": "found a WakaTime link broken",
  "connection.connect": "connected WakaTime",
  "connection.disconnect": "disconnected WakaTime",
  "connection.reconnect": "reconnected WakaTime",
  "connection.rotate-keys": "encrypted WakaTime tokens anew",
  "holiday.create": "added a holiday",
  "holiday.delete": "deleted a holiday",
  "holiday.edit": "edited a holiday",
  "mail.read": "read a mail",
  "note.change": "changed a note",
  "note.delete": "deleted a note",
  "note.finish": "ticked off a follow-up",
  "note.reopen": "opened a follow-up again",
  "note.write": "wrote a note",
  "project.create": "created a project",
  "project.delete": "deleted a project",
  "project.edit": "edited a project",
  "roster.import": "imported people",
  "setting.change": "changed a setting",
  "setting.remove": "removed a setting",
  "student.change-status": "changed an enrolment’s status",
  "student.edit": "edited a student",
  "student.enrol": "enrolled a student",
  "student.move": "moved a student",
  "sync.start": "started a sync",
  "user.accept-invitation": "accepted an invitation",
  "user.change-email": "changed an e-mail address",
  "user.change-password": "changed a password",
  "user.change-role": "changed a role",
  "user.confirm-email": "confirmed an e-mail address",
  "user.disable": "disabled a user",
  "user.edit": "edited a user",
  "user.enable": "enabled a user",
  "user.import": "imported a user",
  "user.invite": "invited a user",
  "user.request-email-change": "asked for another e-mail address",
  "user.reset-password": "chose a new password by mail",
  "user.send-password-reset": "sent a password reset",
  "user.sign-out": "signed a user out",
  "user.sign-up": "signed up",
  "user.view-as": "began to view as a student",
  "user.view-as-end": "ended viewing as a student",
  "view.change": "changed a saved view",
  "view.delete": "deleted a saved view",
  "view.save": "saved a view",
};

export const actionInWords = (action: string): string => ACTION_WORDS[action] ?? action;

const SUBJECT_WORDS: Record<string, string> = {
  assignment: "assignment",
  batch: "batch",
  certificate: "certificate",
  connection: "WakaTime link",
  holiday: "holiday",
  note: "note",
  outbox: "mail",
  project: "project",
  saved_view: "saved view",
  setting: "setting",
  student: "student",
  sync_run: "sync run",
  user: "user",
};

export const subjectInWords = (type: string): string => SUBJECT_WORDS[type] ?? type;

const SUBJECT_PAGES: Record<string, (id: number) => string> = {
  batch: (id) => `/admin/batches/${id}`,
  certificate: (id) => `/admin/certificates?open=${id}`,
  holiday: () => "/admin/settings#holidays",
  outbox: (id) => `/admin/mail/${id}`,
  project: (id) => `/admin/projects/${id}`,
  setting: () => "/admin/settings",
  student: (id) => `/admin/students/${id}`,
  sync_run: (id) => `/admin/sync/${id}`,
  user: (id) => `/admin/users?open=${id}`,
};

/** The page of what was changed, where it has one and was not deleted by this very change. */
export function subjectPage(event: { action: string; subjectType: string; subjectId: number | null }): string | null {
  if (event.action.endsWith(".delete")) return null;
  return SUBJECT_PAGES[event.subjectType]?.(event.subjectId ?? 0) ?? null;
}

const JOB_WORDS: Record<string, string> = {
  "sync-tick": "nightly sync",
  "sync-plan": "sync",
  "sync-chunk": "sync",
  "sync-user": "sync",
};

/** A job by what it does; its own name where that says it. */
export const jobInWords = (job: string): string => JOB_WORDS[job] ?? job;
