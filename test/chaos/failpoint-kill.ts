import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Failpoint } from '#kernel/failpoint.ts';
import type { ChaosSite } from './chaos-site.ts';

/** A point that nobody comes to within this time is left alone. */
const patienceMs = 3_000;
/** One that came up while we waited may be the one that died, whose end nobody awaits here. */
const deathLimitMs = 5_000;

/** Lets the first process that reaches the point die there; false when none did. */
export async function killAtFailpoint(site: ChaosSite, name: Failpoint): Promise<boolean> {
  const file = path.join(site.failpointDir, name);
  const lives = site.processes.map((process) => process.expectDeath());
  await writeFile(file, '');
  for (let ms = 0; ms < patienceMs && existsSync(file); ms += 5) await pause(5);
  const reached = !existsSync(file);
  await rm(file, { force: true });
  if (!reached) {
    for (const life of lives) life.goOn();
    return false;
  }
  await Promise.race([...lives.map((life) => life.ended), pause(deathLimitMs)]);
  for (const life of lives) life.goOn();
  return true;
}
