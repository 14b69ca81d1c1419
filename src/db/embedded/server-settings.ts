/**
 * Settings for a server that shares a laptop with its only client. Durability stays at PostgreSQL's
 * safe defaults (fsync, synchronous_commit, full_page_writes). All can be overridden.
 */
const laptopSettings: Readonly<Record<string, string>> = {
  shared_buffers: '256MB',
  max_connections: '100',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  // A table that grows from nothing has statements planned for nothing until it is analysed: a minute is too long.
  autovacuum_naptime: '15s',
  // Data folders lie on SSDs; the default of 4 is for spinning disks.
  random_page_cost: '1.1',
  // A query whose client died stops within a second instead of running to its end.
  client_connection_check_interval: '1s',
  // A client that hangs inside a transaction must not hold its locks for ever.
  idle_in_transaction_session_timeout: '60s',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] ',
  log_timezone: 'UTC',
  timezone: 'UTC',
};

/**
 * The postmaster's command line: `-D`, then the laptop settings with `overrides` (names of
 * postgresql.conf) over them. Address and port always win: the URLs we hand out depend on them,
 * and the server must never listen beyond this machine.
 */
export function postmasterParameters(
  cluster: string,
  port: number,
  overrides: Readonly<Record<string, string>> = {},
): string[] {
  const settings = {
    ...laptopSettings,
    ...overrides,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: `${port}`,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', cluster, ...flags];
}
