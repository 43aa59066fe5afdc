export type Agent = { editor: string; os: string };

const SYSTEMS: [RegExp, string][] = [
  [/^win/i, "Windows"],
  [/^darwin/i, "Mac"],
  [/^linux/i, "Linux"],
];
const EDITORS: Record<string, string> = { vscode: "VS Code", "chrome-wakatime": "Chrome", vim: "Vim" };

const RUNTIME = /^(go\d|python)/i;
const TOOL = /^wakatime-(cli|ls)\//;

/** Editor and system of a plugin's user agent (contract 6.2): unknown names stay as they are, nothing fails. */
export function readUserAgent(userAgent: string): Agent {
  const [, platform = "", rest = ""] = /^wakatime\/\S+ \(([^)]+)\)(?: (.*))?$/.exec(userAgent) ?? [];
  const system = /WSL2/.test(platform) ? "WSL" : SYSTEMS.find(([pattern]) => pattern.test(platform))?.[1];
  const tokens = rest.split(" ").filter((token) => token !== "" && !RUNTIME.test(token) && !TOOL.test(token));
  const names = tokens.map((token) => token.split("/")[0] ?? "");
  const name = names.find((each) => !each.endsWith("-wakatime")) ?? names[0]?.replace(/-wakatime$/, "") ?? "";
  return {
    editor: EDITORS[name] ?? (name || "Unknown Editor"),
    os: system ?? (platform.split("-")[0] || "Unknown OS"),
  };
}
