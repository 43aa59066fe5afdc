/** A statement slower than this is logged by Postgres itself, without its parameters. */
const SLOW_STATEMENT_MS = 100;

const SETTINGS: Record<string, string | number> = {
  listen_addresses: "127.0.0.1",
  // A socket file would need a folder that every account may write; nothing here uses one.
  unix_socket_directories: "",
  max_connections: 100,
  // Sized for a small machine that also runs the web server and the worker.
  shared_buffers: "256MB",
  effective_cache_size: "1GB",
  work_mem: "16MB",
  maintenance_work_mem: "128MB",
  max_wal_size: "2GB",
  checkpoint_timeout: "15min",
  random_page_cost: 1.1,
  // Compiling costs more than it saves on statements of a few milliseconds.
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  lc_messages: "C",
  shared_preload_libraries: "pg_stat_statements",
  "pg_stat_statements.track": "top",
  log_min_duration_statement: SLOW_STATEMENT_MS,
  log_parameter_max_length: 0,
  log_parameter_max_length_on_error: 0,
  log_line_prefix: "%m [%p] %a ",
};

/** A database that lives as long as a test run need not survive a power cut. */
const THROWAWAY: Record<string, string | number> = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

export function serverArguments(dataDir: string, port: number, throwaway: boolean): string[] {
  const settings = { ...SETTINGS, ...(throwaway ? THROWAWAY : {}), port };
  return ["-D", dataDir, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}
