import { Option } from 'commander';
import { loadConfig, readEnvironment } from '../config.ts';
import type { ApiClient } from './api-client.ts';
import { createApiClient } from './api-client.ts';

/** `--server`: which running Docmill to talk to; by default the one of this machine's configuration. */
export function serverOption(): Option {
  return new Option('--server <address>', 'address of a running Docmill');
}

/** A client of that server, which says by DOCMILL_API_KEY who asks. */
export function openServer(option: string | undefined): ApiClient {
  const config = loadConfig(readEnvironment());
  const address = option ?? `http://${config.DOCMILL_HOST}:${config.DOCMILL_PORT}`;
  return createApiClient(address, config.DOCMILL_API_KEY);
}
