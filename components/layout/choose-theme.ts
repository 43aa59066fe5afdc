import { THEME_COOKIE, type Theme } from "@/lib/theme";

const YEAR_SECONDS = 31_536_000;

/** Kept in a cookie, so that the server draws the right theme at once and nothing flashes. */
export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store API is not in every browser yet
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}
