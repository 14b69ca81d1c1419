import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const entry = path.join(import.meta.dirname, 'bare-route-server.ts');

/** Starts a bare Fastify route over the same rows as a process of its own. */
export async function startBareRoute(
  databaseUrl: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [entry, databaseUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [url]: unknown[] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(([code]) => Promise.reject(new Error(`the bare route ended with ${String(code)}`))),
  ]);
  return {
    url: String(url),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
