import { spawn } from 'node:child_process';
import type { AppError } from '#kernel/app-error.ts';
import type { EngineLimits } from '../engine-limits.ts';
import { cancelled, crashed, memoryExceeded, timedOut } from '../sandbox/engine-failures.ts';
import { watchMemory } from '../sandbox/memory-watch.ts';

export interface NativeRun {
  engine: string;
  binary: string;
  args: readonly string[];
  input: Uint8Array;
  limits: EngineLimits;
  signal: AbortSignal | undefined;
  /** Called with what the program says on its error stream, cut to a few thousand characters. */
  onStderr: (text: string) => void;
}

const outputAtMostBytes = 64 * 1024 * 1024;
const stderrKeptCharacters = 4_000;

/** Of our own environment nothing goes to the program. One thread: the pages are what runs in parallel. */
const environment = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LANG: 'C.UTF-8',
  OMP_THREAD_LIMIT: '1',
};

/**
 * Runs a program with bytes on its standard input and returns its standard output as text. Throws
 * `engine.timeout`, `engine.memory_exceeded`, `engine.crashed` or `job.cancelled`; by then the process is gone.
 */
export function runNative(run: NativeRun): Promise<string> {
  const { engine, binary, args, input, limits, signal, onStderr } = run;
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) throw cancelled();
    const child = spawn(binary, args, { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    let outputBytes = 0;
    let stderr = '';
    let killedFor: AppError | undefined;
    const kill = (reason: AppError): void => {
      killedFor ??= reason;
      child.kill('SIGKILL');
    };
    const onAbort = (): void => kill(cancelled());
    const timer = setTimeout(() => kill(timedOut(engine, limits.timeoutMs)), limits.timeoutMs);
    const stopWatching = watchMemory(child.pid ?? 0, limits.memoryMb, () =>
      kill(memoryExceeded(engine, limits.memoryMb)),
    );
    signal?.addEventListener('abort', onAbort, { once: true });
    child.stdout.on('data', (part: Buffer) => {
      output.push(part);
      outputBytes += part.length;
      if (outputBytes > outputAtMostBytes) kill(crashed(engine, 'it wrote without end'));
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (stderr.length < stderrKeptCharacters) stderr += text.slice(0, stderrKeptCharacters);
    });
    // A program that dies early closes the pipe under us; its exit says why.
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => (killedFor ??= crashed(engine, error.message)));
    child.once('close', (code, how) => {
      clearTimeout(timer);
      stopWatching();
      signal?.removeEventListener('abort', onAbort);
      if (stderr !== '') onStderr(stderr);
      if (killedFor !== undefined) reject(killedFor);
      else if (code === 0) resolve(Buffer.concat(output).toString('utf8'));
      else
        reject(crashed(engine, how === null ? `exit code ${code ?? 'unknown'}` : `signal ${how}`));
    });
    child.stdin.end(input);
  });
}
