import type { Role } from "@/db/enums";
import { groupRules, type NoticeGroup, noticeGroups } from "@/db/queries/notice-groups";
import { type Preferences, UNCHOSEN } from "@/db/queries/notification-preferences";
import { groupWords } from "./group-words";

/** One matter on the page of notifications, with how its person is told of it now. */
export type PreferenceRow = {
  group: NoticeGroup;
  title: string;
  about: string;
  /** Why mail cannot be switched off; null where it can. */
  always: string | null;
  mail: boolean;
  /** Null where it is not to be had. */
  slack: boolean | null;
};

/** What can concern somebody of this role. Slack is offered where a bot can write, and for leaving it always. */
export const preferenceRows = (role: Role, { chosen, hasBot }: Pick<Preferences, "chosen" | "hasBot">) =>
  noticeGroups
    .filter((group) => groupRules[group].roles.includes(role))
    .map((group): PreferenceRow => {
      const { mail, slack } = { ...UNCHOSEN, ...chosen[group] };
      const { title, about, always } = groupWords[group];
      const rule = groupRules[group];
      const isAlways = rule.mail === "always";
      return {
        ...{ group, title, about },
        always: isAlways ? (always ?? "Mail is always sent.") : null,
        mail: isAlways || mail,
        slack: rule.slack && (hasBot || slack) ? slack : null,
      };
    });
