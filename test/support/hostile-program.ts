/**
 * What native code could do that has broken out of Node: no permission model stands around this program.
 * It tries one thing and prints what happened as JSON.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';

const attempts: Record<string, (argument: string) => Promise<unknown>> = {
  /** How many processes could be started of 300. */
  start: async () => {
    const children = Array.from({ length: 300 }, () => spawn('/bin/sleep', ['20']));
    const outcomes = await Promise.all(
      children.map(async (child) => {
        await Promise.race([once(child, 'spawn'), once(child, 'error')]).catch(() => undefined);
        return child.pid !== undefined;
      }),
    );
    for (const child of children) child.kill('SIGKILL');
    return outcomes.filter(Boolean).length;
  },
  write: async (path) => writeFileSync(path, 'secret'),
  open: async (path) => {
    for (let count = 0; count < 5_000; count += 1) openSync(path, 'r');
  },
  connect: async (port) => once(connect(Number(port), '127.0.0.1'), 'connect'),
  rights: async () => {
    const status = readFileSync('/proc/self/status', 'utf8');
    return Object.fromEntries(
      ['NoNewPrivs', 'CapEff', 'CapBnd', 'Uid'].map((name) => [
        name,
        new RegExp(String.raw`^${name}:\s+(\w+)`, 'm').exec(status)?.[1],
      ]),
    );
  },
};

const [, , method = '', argument = ''] = process.argv;
let answer: unknown;
try {
  answer = { value: await attempts[method]?.(argument) };
} catch (error) {
  answer = { code: error instanceof Error && 'code' in error ? error.code : String(error) };
}
process.stdout.write(JSON.stringify(answer), () => process.exit());
