import { spawnSync } from 'node:child_process';

interface RunOptions {
  cwd?: string;
  /** What it reads from standard input. */
  input?: string;
  uid?: number;
  gid?: number;
  /** Milliseconds; default one minute. */
  timeoutMs?: number;
}

/**
 * Runs a program to its end and returns what it wrote. One that waits for ever is ended: nothing else of the test file
 * runs meanwhile, not even its time limit.
 */
export function runProgram(
  program: string,
  args: readonly string[],
  { timeoutMs = 60_000, ...options }: RunOptions = {},
): string {
  const done = spawnSync(program, args, {
    encoding: 'utf8',
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    ...options,
  });
  if (done.status === 0) return done.stdout;
  const how = done.error?.message ?? '';
  throw new Error(`${program} ${args.join(' ')} failed: ${how} ${done.stderr}${done.stdout}`);
}
