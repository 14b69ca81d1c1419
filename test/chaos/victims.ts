import path from 'node:path';
import { findPidHolder, readPostmasterPid } from '#db/embedded/postmaster-pid.ts';
import type { ChaosSite } from './chaos-site.ts';
import { isEngine } from './process-tree.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Kills something; resolves to false when there was nothing of the kind at that moment. */
type Kill = (site: ChaosSite, random: SeededRandom) => Promise<boolean>;

/** Everything that a run kills, by the name it has in the table. */
const kills = {
  server: (site) => killProcess(site, 'server'),
  api: (site) => killProcess(site, 'api'),
  worker: (site) => killProcess(site, 'worker'),
  engine: killEngine,
  'postgres -9': (site) => killPostmaster(site, 'SIGKILL'),
  'postgres -3': (site) => killPostmaster(site, 'SIGQUIT'),
  backend: killBackend,
  'postgres + process': async (site, random) => {
    const process = random.pick(site.processes);
    const killed = await Promise.all([killPostmaster(site, 'SIGKILL'), process.kill()]);
    return killed.includes(true);
  },
} as const satisfies Record<string, Kill>;

export type Victim = keyof typeof kills;

/** Victims of each layout; what stands twice is killed twice as often. */
export const victimsOf = {
  one: [
    'server',
    'server',
    'engine',
    'postgres -9',
    'postgres -3',
    'backend',
    'postgres + process',
  ],
  two: [
    'worker',
    'worker',
    'api',
    'engine',
    'postgres -9',
    'postgres -3',
    'backend',
    'postgres + process',
  ],
} as const satisfies Record<ChaosSite['layout'], readonly Victim[]>;

export function killVictim(
  victim: Victim,
  site: ChaosSite,
  random: SeededRandom,
): Promise<boolean> {
  return kills[victim](site, random);
}

async function killProcess(site: ChaosSite, name: string): Promise<boolean> {
  const found = site.processes.find((process) => process.name === name);
  return found === undefined ? false : found.kill();
}

async function killEngine(site: ChaosSite, random: SeededRandom): Promise<boolean> {
  const engines = site.processes.flatMap((each) => each.children()).filter(isEngine);
  if (engines.length === 0) return false;
  return send(random.pick(engines).pid, 'SIGKILL');
}

async function killPostmaster(site: ChaosSite, signal: NodeJS.Signals): Promise<boolean> {
  const cluster = path.join(site.dataDir, 'pg18');
  const found = await readPostmasterPid(cluster);
  if (found === null || (await findPidHolder(found.pid, cluster)) !== 'our_postmaster')
    return false;
  return send(found.pid, signal);
}

/** The end of one backend makes PostgreSQL end all of them and recover by itself. */
async function killBackend(site: ChaosSite, random: SeededRandom): Promise<boolean> {
  try {
    const backends = await site.database.sql<{ pid: number }>`
      select pid from pg_stat_activity
      where datname = current_database() and usename = 'docmill_app' order by pid`;
    return backends.length > 0 && send(random.pick(backends).pid, 'SIGKILL');
  } catch {
    return false;
  }
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
