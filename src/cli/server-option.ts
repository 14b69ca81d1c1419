import { Option } from 'commander';
import { loadConfig, readEnvironment } from '../config.ts';

/** `--server`: which running Docmill to talk to; by default the one of this machine's configuration. */
export function serverOption(): Option {
  return new Option('--server <address>', 'address of a running Docmill');
}

export function serverAddress(option: string | undefined): string {
  if (option !== undefined) return option;
  const config = loadConfig(readEnvironment());
  return `http://${config.DOCMILL_HOST}:${config.DOCMILL_PORT}`;
}
