export const THEME_COOKIE = "theme";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** The theme that a cookie asks for; anything else follows the system. */
export const themeOf = (value: string | undefined): Theme => themes.find((theme) => theme === value) ?? "system";
