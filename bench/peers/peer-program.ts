import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** True when the program answers to being asked for its version. */
export async function isInstalled(program: string, versionFlag = '--version'): Promise<boolean> {
  try {
    await run(program, [versionFlag]);
    return true;
  } catch (error) {
    // Some programs end with a code other than 0 even here; only a missing one has no file.
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
}

/** Runs a program to its end and drops what it prints. Throws when it does not end with 0. */
export async function runPeer(
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<void> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  await once(child, 'close');
  if (child.exitCode !== 0)
    throw new Error(`${program} ended with ${child.exitCode}: ${complaint}`);
}
