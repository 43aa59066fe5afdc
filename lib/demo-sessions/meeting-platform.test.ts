import { expect, it } from "vitest";
import { meetingPlatform } from "./meeting-platform";

it.each([
  ["https://us02web.zoom.us/j/9000000001?pwd=x", "Zoom"],
  ["https://zoom.us/j/9", "Zoom"],
  ["https://meet.google.com/hca-demo-2", "Google Meet"],
  ["https://teams.microsoft.com/l/meetup-join/1", "Microsoft Teams"],
  ["https://teams.live.com/meet/1", "Microsoft Teams"],
  ["https://academy.webex.com/meet/room", "Webex"],
  ["https://global.gotomeeting.com/join/1", "GoToMeeting"],
  ["https://meet.goto.com/1", "GoToMeeting"],
  ["https://video.school.test/room", "Meeting"],
  // Only the host counts, and only whole names of it.
  ["https://notzoom.us/j/9", "Meeting"],
  ["https://evil.test/zoom.us", "Meeting"],
  ["https://zoom.us.evil.test/", "Meeting"],
  ["HTTPS://ZOOM.US/j/9", "Zoom"],
  ["javascript:alert(1)//zoom.us", null],
  ["room 4", null],
])("%s is %s", (url, platform) => {
  expect(meetingPlatform(url)).toBe(platform);
});
