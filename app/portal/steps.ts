import type { StudentOverview } from "@/db/queries/student-overview-shape";

export type Step = { href: string; title: string; why: string };

const LINKS = {
  none: {
    title: "Connect WakaTime",
    why: "It counts the time you code, in your editor. Without it there is nothing to show here.",
  },
  needs_reconnect: {
    title: "Reconnect WakaTime",
    why: "It no longer lets us in, so no new hours arrive. Those so far are safe.",
  },
  scope_missing: { title: "Give the permission", why: "We may not read your daily summaries, so no hours arrive." },
};

/** What is missing, what matters most first; empty when nothing is. */
export function stepsOf({ connection, steps, zoneOf, zone }: StudentOverview): Step[] {
  const { project } = steps;
  const found: (Step | false)[] = [
    connection?.status !== "active" && { href: "/portal/wakatime", ...LINKS[connection?.status ?? "none"] },
    connection?.status === "active" &&
      !steps.hasData && {
        href: "/portal/wakatime",
        title: "See your first hours arrive",
        why: "Connected, but no coding has been counted yet: is the plugin installed?",
      },
    !steps.emailConfirmed && {
      href: "/portal/profile",
      title: "Confirm your e-mail address",
      why: "Reminders of your demos and a forgotten password go there.",
    },
    steps.demos === 0 && {
      href: "/portal/demos",
      title: "Add what you have built",
      why: "A demo is what you show in a demo session.",
    },
    steps.canSignUp &&
      !steps.hasPlace && {
        href: "/portal/demo-sessions",
        title: "Sign up for a demo session",
        why: "You have no place in one that is still to come.",
      },
    project !== null &&
      !(project.hasResume && project.hasLinkedin) && {
        href: "/portal/project",
        title: `Complete your project, ${project.name}`,
        why: projectLacks(project),
      },
    !steps.hasOwnZone && {
      href: "/portal/profile",
      title: "Choose your time zone",
      why: `Your days are cut by ${zoneOf === "batch" ? "your batch’s" : "the academy’s"}, ${zone}.`,
    },
  ];
  return found.filter((step) => step !== false);
}

/** `Your resume link is not there yet.` */
function projectLacks({ hasResume, hasLinkedin }: { hasResume: boolean; hasLinkedin: boolean }): string {
  if (hasResume) return "Your LinkedIn link is not there yet.";
  return hasLinkedin ? "Your resume link is not there yet." : "Your resume and LinkedIn links are not there yet.";
}
