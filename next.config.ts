import type { NextConfig } from "next";

/** What scripts/server replaces by the same policy with a nonce; a bare `next start` and Vercel keep this one. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "object-src 'none'",
].join("; ");

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Loaded from node_modules at run time: native code, or looked up by name while running.
  serverExternalPackages: [
    "@node-rs/argon2",
    "drizzle-orm",
    "postgres",
    "pg",
    "pg-boss",
    "pino",
    "rate-limiter-flexible",
    "undici",
  ],
  // A page that somebody may not see is answered by 403 and a page that says so (app/admin/forbidden.tsx).
  experimental: { authInterrupts: true },
  // The development server prints what is asked for: not the secret of a calendar link.
  logging: { incomingRequests: { ignore: [/^\/api\/calendar\//] } },
  // What /docs reads while running: found by its name, so nothing else says that it is needed.
  outputFileTracingIncludes: { "/docs/[page]": ["./docs/metrics/*.md", "./docs/early-warning.md"] },
  turbopack: { root: import.meta.dirname },
  // `npm test` and `npm run typecheck` check types; a deploy need not do it twice.
  typescript: { ignoreBuildErrors: true },
  async headers() {
    return [
      {
        source: "/(.*)",
        headers: [
          { key: "Content-Security-Policy", value: contentSecurityPolicy },
          { key: "X-Content-Type-Options", value: "nosniff" },
          { key: "X-Frame-Options", value: "DENY" },
          { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
          { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=()" },
          { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
          // Browsers ignore it over plain http, so it does no harm on a laptop.
          { key: "Strict-Transport-Security", value: "max-age=31536000; includeSubDomains" },
        ],
      },
      // The way back from WakaTime has a code in its address, which is nobody else's to know.
      { source: "/api/wakatime/:path*", headers: [{ key: "Referrer-Policy", value: "no-referrer" }] },
      // A calendar link is a secret as a whole.
      { source: "/api/calendar/:path*", headers: [{ key: "Referrer-Policy", value: "no-referrer" }] },
    ];
  },
};

export default config;
