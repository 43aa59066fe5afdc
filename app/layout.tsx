import "./globals.css";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { ViewingBanner } from "@/components/layout/viewing-banner";
import { getViewer } from "@/lib/auth/current";
import { THEME_COOKIE, themeOf } from "@/lib/theme";
import { endViewingAction } from "./end-viewing";

export const metadata: Metadata = {
  title: { default: "Cohort", template: "%s · Cohort" },
  description: "Student management for coding academies: who is coding, who is stuck, who presents on Friday.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { colorScheme: "light dark" };

/** Null when nobody is signed in, and when that cannot be read: the page below then says what is wrong. */
const readViewer = () => getViewer().catch(() => null);

// Reading the theme here makes every page dynamic, which the nonce of the content security policy needs anyway.
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  const viewer = await readViewer();
  const viewedBy = viewer?.viewedBy;
  return (
    <html lang="en" data-theme={theme} className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body className={viewedBy ? "under-banner" : undefined}>
        {viewer && viewedBy ? (
          <ViewingBanner student={viewer.name} admin={viewedBy.name} until={viewedBy.until} end={endViewingAction} />
        ) : null}
        {children}
      </body>
    </html>
  );
}
