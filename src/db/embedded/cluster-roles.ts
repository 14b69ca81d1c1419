import { Client } from 'pg';
import { AppError } from '#kernel/app-error.ts';
import {
  adminUrl,
  appName,
  databaseName,
  ownerName,
  writeCredentials,
} from './cluster-credentials.ts';
import type { ClusterCredentials } from './cluster-credentials.ts';

/**
 * Connects as the superuser, which proves that the server is ours, makes the roles and the database where
 * that has not been done, and resolves to the server's version such as `18.4`.
 * Every step may be repeated, so a kill in between is made good by the next start.
 * Throws `embedded.start_failed` when the server does not let us in.
 */
export async function provisionCluster(
  credentialsFile: string,
  credentials: ClusterCredentials,
): Promise<string> {
  const client = new Client({
    connectionString: adminUrl(credentials),
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks while idle would otherwise end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    if (!credentials.provisioned) {
      await provision(client, credentials);
      await writeCredentials(credentialsFile, { ...credentials, provisioned: true });
    }
    const answer = await client.query<{ server_version: string }>('show server_version');
    return answer.rows[0]?.server_version ?? 'unknown';
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError(
      'embedded.start_failed',
      `The embedded PostgreSQL on port ${credentials.port} does not accept the connection: ${why}. ` +
        `Its passwords are kept in ${credentialsFile}; was that file replaced?`,
      { cause },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function provision(client: Client, credentials: ClusterCredentials): Promise<void> {
  // A failing statement must not leave a password in the server's log.
  await client.query(`set log_min_error_statement = panic`);
  await ensureRole(client, ownerName, `login createrole password '${credentials.ownerPassword}'`);
  await ensureRole(client, appName, `login password '${credentials.appPassword}'`);
  if (!(await exists(client, 'select from pg_database where datname = $1', databaseName))) {
    await client.query(`create database ${databaseName} owner ${ownerName}`);
  }
  await client.query(`revoke all on database ${databaseName} from public`);
  await client.query(`grant connect on database ${databaseName} to ${appName}`);
  await client.query(`revoke connect on database postgres from public`);
}

async function ensureRole(client: Client, name: string, attributes: string): Promise<void> {
  const known = await exists(client, 'select from pg_roles where rolname = $1', name);
  await client.query(`${known ? 'alter' : 'create'} role ${name} ${attributes}`);
}

async function exists(client: Client, query: string, name: string): Promise<boolean> {
  return (await client.query(query, [name])).rowCount !== 0;
}
