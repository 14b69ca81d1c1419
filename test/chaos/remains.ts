import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChaosSite } from './chaos-site.ts';
import type { ProcessInfo } from './process-tree.ts';
import { isStillThere } from './process-tree.ts';

/** An engine child of a killed server sees once a second whether its parent lives, and works on until then. */
const processesGoneWithinMs = 30_000;

export interface Remains {
  violations: string[];
  /** Entries in the folder for temporary files. */
  temporaryLeft: number;
}

/** Stops everything in order and looks for processes and files that should be gone then. */
export async function stopAndLookForRemains(
  site: ChaosSite,
  seenBefore: readonly ProcessInfo[],
): Promise<Remains> {
  const seen = [...seenBefore, ...site.processes.flatMap((each) => each.children())];
  const violations: string[] = [];
  // The worker first: its database is a part of the server.
  for (const process of site.processes.toReversed()) {
    const how = await process.stop();
    if (how !== 0)
      violations.push(`stop: ${process.name} ended with ${how}:\n${process.log.slice(-2_000)}`);
  }
  for (const left of await waitUntilGone(seen)) {
    violations.push(`stop: process ${left.pid} is left: ${left.command.slice(0, 200)}`);
  }
  const inData = await readdir(site.dataDir);
  if ((await readdir(path.join(site.dataDir, 'pg18'))).includes('postmaster.pid')) {
    violations.push('stop: PostgreSQL left its pid file');
  }
  for (const name of await readdir(path.join(site.dataDir, 'blobs', 'tmp'))) {
    violations.push(`stop: ${name} is left among the temporary blobs`);
  }
  for (const name of inData.filter((each) => /^pg18\.json\.|^pg-initdb-/.test(each))) {
    violations.push(`stop: ${name} is left in the data folder`);
  }
  return { violations, temporaryLeft: (await readdir(site.temporaryDir)).length };
}

async function waitUntilGone(processes: readonly ProcessInfo[]): Promise<ProcessInfo[]> {
  const deadline = performance.now() + processesGoneWithinMs;
  for (;;) {
    const left = processes.filter(isStillThere);
    if (left.length === 0 || performance.now() > deadline) return left;
    await pause(100);
  }
}
