/** Exit codes that scripts can rely on; documented in docs/reference/cli.md. */
export const exitCode = {
  ok: 0,
  /** At least one file, document or check failed; the others are done. */
  failed: 1,
  /** The command line or the configuration is wrong; nothing was done. */
  usage: 2,
  /** Something needed is not there: the server, the database, an engine. */
  unavailable: 69,
  /** A bug. */
  internal: 70,
} as const;
