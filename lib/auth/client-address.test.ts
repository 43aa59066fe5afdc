import { describe, expect, it } from "vitest";
import { addressKey, clientAddress } from "./client-address";

const SOCKET = "10.0.0.9";

describe("the client's address", () => {
  it.each([
    ["no proxy of ours: the header is anybody's word", "203.0.113.1", 0, SOCKET],
    ["one proxy: what it appended", "203.0.113.1", 1, "203.0.113.1"],
    ["one proxy: what the client invented stands further left", "1.1.1.1, 203.0.113.1", 1, "203.0.113.1"],
    ["two proxies: the second from the right", "1.1.1.1, 203.0.113.1, 10.0.0.2", 2, "203.0.113.1"],
    ["two proxies, one entry: all there is", "203.0.113.1", 2, "203.0.113.1"],
    ["spaces around the entries", " 203.0.113.1 ,  203.0.113.2 ", 1, "203.0.113.2"],
    ["no header", null, 1, SOCKET],
    ["an empty header", "", 1, SOCKET],
    ["no address at all in the trusted place", "203.0.113.1, unknown", 1, SOCKET],
    ["IPv4 inside IPv6", "::ffff:203.0.113.1", 1, "203.0.113.1"],
    ["IPv6 in its short form", "2001:0DB8:0:0:0:0:0:1", 1, "2001:db8::1"],
  ])("%s", (_, header, proxies, expected) => {
    expect(clientAddress(header, SOCKET, proxies)).toBe(expected);
  });

  it("is the socket's in canonical form, or nothing known", () => {
    expect(clientAddress(null, "::ffff:127.0.0.1", 0)).toBe("127.0.0.1");
    expect(clientAddress(null, null, 0)).toBe("0.0.0.0");
    expect(clientAddress("junk", null, 1)).toBe("0.0.0.0");
  });
});

describe("what a limit counts as one place", () => {
  it("is an IPv4 address, however it is written", () => {
    expect(addressKey("203.0.113.1")).toBe("203.0.113.1");
    expect(addressKey("::ffff:203.0.113.1")).toBe("203.0.113.1");
    expect(addressKey("203.0.113.2")).not.toBe(addressKey("203.0.113.1"));
  });

  it("is the /64 of an IPv6 address", () => {
    expect(addressKey("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
    expect(addressKey("2001:db8:1:2:ffff::1")).toBe(addressKey("2001:db8:1:2::9"));
    expect(addressKey("2001:db8:1:3::1")).not.toBe(addressKey("2001:db8:1:2::1"));
  });
});
