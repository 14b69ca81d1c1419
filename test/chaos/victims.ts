import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findPidHolder, readPostmasterPid } from '#db/embedded/postmaster-pid.ts';
import { failpoints } from '#kernel/failpoint.ts';
import type { TestRedis } from '#test/support/redis-server.ts';
import type { ChaosSite } from './chaos-site.ts';
import { killAtFailpoint } from './failpoint-kill.ts';
import { isEngine } from './process-tree.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Kills something; resolves to false when there was nothing of the kind at that moment. */
type Kill = (site: ChaosSite, random: SeededRandom) => Promise<boolean>;

/** Everything that a run kills, by the name it has in the table. */
const kills: Readonly<Record<string, Kill>> = {
  ...Object.fromEntries(
    failpoints.map((name): [string, Kill] => [`at ${name}`, (site) => killAtFailpoint(site, name)]),
  ),
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
  'redis -9': killRedis,
  'redis emptied': (site) => tellRedis(site, 'flushall'),
  // Longer than anybody waits for an answer of the fast layer.
  'redis silent': (site) => tellRedis(site, 'client', 'pause', '5000'),
};

/** A name of what is killed, such as `worker` or `at upload.begun`. */
export type Victim = string;

/** But for those of requests with an Idempotency-Key, which the clients of chaos do not send. */
const points: readonly Victim[] = failpoints
  .filter((name) => !name.startsWith('answer.'))
  .map((name) => `at ${name}`);

const ofTwo: readonly Victim[] = [
  ...points,
  'worker',
  'worker',
  'api',
  'engine',
  'postgres -9',
  'postgres -3',
  'backend',
  'postgres + process',
];

/** Victims of each layout; what stands twice is killed twice as often. */
export const victimsOf = {
  one: [
    ...points,
    'server',
    'server',
    'engine',
    'postgres -9',
    'postgres -3',
    'backend',
    'postgres + process',
  ],
  two: ofTwo,
  redis: [...ofTwo, 'redis -9', 'redis -9', 'redis -9', 'redis emptied', 'redis silent'],
} satisfies Record<ChaosSite['layout'], readonly Victim[]>;

export function killVictim(
  victim: Victim,
  site: ChaosSite,
  random: SeededRandom,
): Promise<boolean> {
  const kill = kills[victim];
  if (kill === undefined) throw new Error(`nobody knows how to kill ${victim}`);
  return kill(site, random);
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

/** Redis comes back by itself after a while, empty. */
async function killRedis({ redis }: ChaosSite, random: SeededRandom): Promise<boolean> {
  if (redis === undefined || !(await answers(redis))) return false;
  await redis.kill();
  void pause(random.between(100, 4_000)).then(() => redis.restart());
  return true;
}

async function tellRedis({ redis }: ChaosSite, ...command: readonly string[]): Promise<boolean> {
  if (redis === undefined || !(await answers(redis))) return false;
  await redis.run(...command);
  return true;
}

async function answers(redis: TestRedis): Promise<boolean> {
  return redis.run('ping').then(
    () => true,
    () => false,
  );
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
