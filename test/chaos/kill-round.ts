import { setTimeout as pause } from 'node:timers/promises';
import type { ChaosSite } from './chaos-site.ts';
import type { ProcessInfo } from './process-tree.ts';
import { listHeld, watchRecovery } from './recovery-watch.ts';
import type { Lease, Recovery } from './recovery-watch.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Victim } from './victims.ts';
import { killVictim, victimsOf } from './victims.ts';

export interface KillRecord {
  victim: Victim;
  /** null when the next kill came before the work could go on, or when it did not go on. */
  recovery: Recovery | null;
  violation: string | undefined;
  /** All processes of Docmill at the moment of the kill: none of them may be left at the end. */
  processes: ProcessInfo[];
}

export interface KillOptions {
  count: number;
  random: SeededRandom;
  onEvent: (line: string) => void;
}

/** Generous: a lease of 15 s, a sweep every 5 s and a machine that may be busy with other things. */
const recoveryLimitMs = 120_000;
/** Of the kills so many are followed by the next one at once, in the middle of the recovery. */
const hurriedShare = 0.2;

/** Kills `count` times at random moments; after most kills it waits until the work went on. */
export async function runKills(site: ChaosSite, options: KillOptions): Promise<KillRecord[]> {
  const { count, random, onEvent } = options;
  const records: KillRecord[] = [];
  while (records.length < count) {
    await pause(random.between(50, 1_500));
    const victim = random.pick(victimsOf[site.layout]);
    const isHurried = random.fraction() < hurriedShare && records.length < count - 1;
    const record = await killOnce(site, victim, isHurried, random);
    if (record === null) continue;
    records.push(record);
    onEvent(`${records.length}/${count} ${describeKill(record)}`);
  }
  return records;
}

/** null when there was no such victim. */
async function killOnce(
  site: ChaosSite,
  victim: Victim,
  isHurried: boolean,
  random: SeededRandom,
): Promise<KillRecord | null> {
  const processes = site.processes.flatMap((each) => each.children());
  const held = isHurried ? null : await listHeldOnceUp(site);
  if (!(await killVictim(victim, site, random))) return null;
  if (held === null) {
    return { victim, recovery: null, violation: undefined, processes };
  }
  const recovery = await watchRecovery(site.database, held, recoveryLimitMs);
  const violation =
    recovery === null
      ? `recovery: after the kill of ${victim} the work stood still for ${recoveryLimitMs} ms`
      : undefined;
  return { victim, recovery, violation, processes };
}

/** After a hurried kill the database may be down for a while; null when it does not come back. */
async function listHeldOnceUp(site: ChaosSite): Promise<Lease[] | null> {
  for (const deadline = Date.now() + recoveryLimitMs; Date.now() < deadline;) {
    const held = await listHeld(site.database).catch(() => null);
    if (held !== null) return held;
    await pause(100);
  }
  return null;
}

function describeKill({ victim, recovery, violation }: KillRecord): string {
  if (violation !== undefined) return violation;
  if (recovery === null) return `${victim}, in a hurry`;
  const { workMs, heldMs } = recovery;
  return `${victim}: work went on after ${Math.round(workMs)} ms, all of it after ${Math.round(heldMs)} ms`;
}
