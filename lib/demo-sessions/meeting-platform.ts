const PLATFORMS = [
  ["Zoom", ["zoom.us", "zoom.com", "zoomgov.com"]],
  ["Google Meet", ["meet.google.com"]],
  ["Microsoft Teams", ["teams.microsoft.com", "teams.live.com", "teams.cloud.microsoft"]],
  ["Webex", ["webex.com"]],
  ["GoToMeeting", ["gotomeeting.com", "gotomeet.me", "meet.goto.com"]],
] as const;

export type MeetingPlatform = (typeof PLATFORMS)[number][0] | "Meeting";

/**
 * The place a meeting link leads to, by its host; `Meeting` for every other one. Null when it is no link of the web,
 * so that nobody is sent anywhere by it.
 */
export function meetingPlatform(url: string): MeetingPlatform | null {
  const parsed = URL.parse(url);
  if (!parsed || (parsed.protocol !== "https:" && parsed.protocol !== "http:")) return null;
  const host = parsed.hostname.toLowerCase();
  const found = PLATFORMS.find(([, hosts]) => hosts.some((each) => host === each || host.endsWith(`.${each}`)));
  return found ? found[0] : "Meeting";
}
