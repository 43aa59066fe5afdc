export const dynamic = "force-dynamic";

/** The process answers. Says nothing about the database: that is /readyz. */
export const GET = () => Response.json({ status: "ok" }, { headers: { "Cache-Control": "no-store" } });
