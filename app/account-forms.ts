import {
  changeEmailAction,
  changePasswordAction,
  changeProfileAction,
  endOtherSessionsAction,
  endSessionAction,
  sendVerificationAction,
} from "./account-actions";

/** What the forms of one's own page do, on either of its addresses. */
export const accountActions = {
  changeProfile: changeProfileAction,
  sendVerification: sendVerificationAction,
  changeEmail: changeEmailAction,
  changePassword: changePasswordAction,
  endSession: endSessionAction,
  endOtherSessions: endOtherSessionsAction,
};

const DONE: Record<string, string> = {
  link: "The mail is on its way. Follow its link to confirm the address.",
  email: "A mail is on its way to the new address. Your address changes once you follow its link.",
  password: "Your password is changed, and you are signed out everywhere else.",
};

/** What the page says to the word in its address; nothing to any that is none of ours. */
export const toldOf = (word: unknown): string | undefined =>
  typeof word === "string" && Object.hasOwn(DONE, word) ? DONE[word] : undefined;
