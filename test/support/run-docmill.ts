import { spawn } from 'node:child_process';
import path from 'node:path';

const launcher = path.resolve(import.meta.dirname, '../../bin/docmill.mjs');

export interface ProgramRun {
  code: number | NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface ProgramOptions {
  env?: Record<string, string>;
  cwd?: string;
  /** The Node that runs the launcher; by default the one of the tests. */
  node?: string;
  /** Closes its standard output before it writes, as `head` may. */
  closeStdout?: true;
}

/** Runs `bin/docmill.mjs` to its end, with no setting but those given. */
export function runDocmill(
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramRun> {
  const child = spawn(options.node ?? process.execPath, [launcher, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: options.cwd,
    env: { PATH: process.env['PATH'], ...options.env },
  });
  if (options.closeStdout) child.stdout.destroy();
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code: code ?? signal, stdout, stderr }));
  });
}

/** The lines of a `--json` output. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
