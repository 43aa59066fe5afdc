import type { NoticeGroup } from "@/db/queries/notice-groups";

type Words = {
  title: string;
  /** What comes, and when. */
  about: string;
  /** In a sentence: "You no longer get …". */
  these: string;
  /** Why mail of the group cannot be switched off. */
  always?: string;
};

/** What people can be told about, in words of those who are told. */
export const groupWords: Record<NoticeGroup, Words> = {
  reminders: {
    title: "My demo is tomorrow",
    about: "A reminder on the day before you present, with the time and the link to the meeting.",
    these: "reminders of your demos",
  },
  places: {
    title: "My place or a session changes",
    about: "A place became free for you, or a session that you signed up for was changed, moved, cancelled or deleted.",
    these: "news about your places in demo sessions",
  },
  wakatime: {
    title: "WakaTime needs me",
    about: "WakaTime no longer lets the academy read your coding time, so you have to connect it again.",
    these: "news about your link to WakaTime",
  },
  warnings: {
    title: "Early warning of the week",
    about: "On Mondays, for each batch that you teach: who stands better or worse than a week before, and why.",
    these: "weekly news about early warning",
  },
  alarms: {
    title: "WakaTime refuses the academy",
    about: "A sync was refused for so many students that the academy's own application must be the reason.",
    these: "alarms about the academy's link to WakaTime",
    always: "Mail is always sent: while nobody looks into it, nobody's coding time is read.",
  },
  account: {
    title: "My account",
    about:
      "Links to confirm an address or to choose a password, invitations, and warnings before your account changes or is deleted.",
    these: "mails about your account",
    always:
      "Mail is always sent: without it you could lose your account, or not notice that somebody else is changing it.",
  },
};
