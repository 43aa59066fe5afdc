import { describe, expect, it } from "vitest";
import { authorizationUrl, connectingOff } from "./connect-start";

describe("where connecting is off", () => {
  const fine = { preview: false, configured: true, appUrl: "https://cohort.example" };

  it("is off on a preview, without an application and without a fixed address, and says why", () => {
    expect(connectingOff(fine)).toBeNull();
    expect(connectingOff({ ...fine, preview: true })).toMatch(/preview/);
    expect(connectingOff({ ...fine, configured: false })).toMatch(/not set up WakaTime/);
    expect(connectingOff({ ...fine, appUrl: undefined })).toMatch(/APP_URL/);
  });
});

describe("the address of the consent page", () => {
  it("asks for a code with the smallest scope, every value encoded", () => {
    const application = {
      oauthUrl: "https://wakatime.com/oauth",
      clientId: "an id&more",
      redirectUri: "https://cohort.example/api/wakatime/callback",
    };
    const address = authorizationUrl("a+b/c", application);
    expect(address).toBe(
      "https://wakatime.com/oauth/authorize?client_id=an+id%26more&response_type=code" +
        "&redirect_uri=https%3A%2F%2Fcohort.example%2Fapi%2Fwakatime%2Fcallback&scope=read_summaries&state=a%2Bb%2Fc",
    );
  });
});
