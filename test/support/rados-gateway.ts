import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { createS3Client, type S3Settings } from '#blobs/s3-client.ts';
import { eventually } from './eventually.ts';
import { freeTestPort } from './free-test-port.ts';
import { runProgram } from './run-program.ts';

/** A real S3 server of this machine with one empty bucket. */
export interface RadosGateway {
  readonly settings: S3Settings;
  /** Ends the gateway; requests are then refused until `start`. */
  stopServing(): Promise<void>;
  serve(): Promise<void>;
  stop(): Promise<void>;
}

const programs = ['ceph-mon', 'ceph-osd', 'radosgw', 'radosgw-admin', 'ceph-authtool', 'ceph'];

/** True when Ceph (Debian packages radosgw, ceph-mon and ceph-osd) is on this machine, and we may run it. */
export function radosGatewayInstalled(): boolean {
  return (
    process.getuid?.() === 0 &&
    programs.every((program) => spawnSync(program, ['--version']).status === 0)
  );
}

/** One monitor, one object server in memory and the S3 gateway, on loopback. Takes about 15 seconds. */
export async function startRadosGateway(): Promise<RadosGateway> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docmill-ceph-'));
  const children: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    for (const child of children.toReversed()) await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const ports = { monitor: await freeTestPort(), gateway: await freeTestPort() };
    const cluster = await writeCluster(folder, ports);
    children.push(cluster.start('ceph-mon', '-i', 'a'));
    await eventually(
      'the monitor answers',
      () => cluster.succeeds('ceph', '--connect-timeout', '2', 'status'),
      30_000,
    );
    const object = randomUUID();
    cluster.run('ceph', 'osd', 'new', object, '0');
    cluster.run('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', object);
    cluster.run('ceph', 'osd', 'crush', 'add', '0', '1', 'host=here', 'root=default');
    children.push(cluster.start('ceph-osd', '-i', '0'));
    const serve = async (): Promise<void> => {
      children.push(cluster.start('radosgw', '-n', 'client.rgw'));
      await eventually('the gateway answers', () => answers(ports.gateway), 60_000);
    };
    await serve();
    return {
      settings: await makeBucket(cluster, ports.gateway),
      serve,
      async stopServing() {
        const gateway = children.pop();
        if (gateway !== undefined) await end(gateway);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Cluster {
  run(program: string, ...args: string[]): string;
  succeeds(program: string, ...args: string[]): boolean;
  start(program: string, ...args: string[]): ChildProcess;
}

async function writeCluster(
  folder: string,
  ports: { monitor: number; gateway: number },
): Promise<Cluster> {
  const id = randomUUID();
  const config = path.join(folder, 'ceph.conf');
  await writeFile(config, configText(folder, id, ports));
  for (const name of ['mon', 'osd']) await mkdir(path.join(folder, name));
  const keyring = path.join(folder, 'keyring');
  const everything = ['mon', 'osd', 'mgr'].flatMap((part) => ['--cap', part, 'allow *']);
  const command = (args: readonly string[]): string[] => ['-c', config, ...args];
  const cluster: Cluster = {
    run: (program, ...args) => runProgram(program, command(args), { cwd: folder, input: '{}' }),
    succeeds: (program, ...args) =>
      spawnSync(program, command(args), { timeout: 5_000, killSignal: 'SIGKILL' }).status === 0,
    start: (program, ...args) =>
      spawn(program, ['-f', ...command(args)], { cwd: folder, stdio: 'ignore' }),
  };
  const plain = (program: string, ...args: string[]): string =>
    runProgram(program, args, { cwd: folder });
  plain('ceph-authtool', '--create-keyring', keyring);
  for (const name of ['mon.', 'client.admin', 'client.rgw', 'osd.0']) {
    plain('ceph-authtool', keyring, '--gen-key', '-n', name, ...everything);
  }
  const address = `127.0.0.1:${ports.monitor}`;
  plain('monmaptool', '--create', '--addv', 'a', `[v1:${address}]`, '--fsid', id, 'monmap');
  cluster.run('ceph-mon', '--mkfs', '-i', 'a', '--monmap', 'monmap', '--keyring', keyring);
  return cluster;
}

/** One copy of everything and no manager: a cluster for a minute. */
function configText(
  folder: string,
  id: string,
  ports: { monitor: number; gateway: number },
): string {
  return `[global]
fsid = ${id}
mon host = v1:127.0.0.1:${ports.monitor}
public network = 127.0.0.0/8
cluster network = 127.0.0.0/8
ms bind msgr2 = false
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
auth allow insecure global id reclaim = true
keyring = ${folder}/keyring
run dir = ${folder}
pid file = ${folder}/$name.pid
admin socket = ${folder}/$name.asok
log file = ${folder}/$name.log
mon cluster log file = ${folder}/cluster.log
[mon]
mon data = ${folder}/mon
[osd]
osd data = ${folder}/osd
osd objectstore = memstore
memstore device bytes = 1073741824
osd class load list = *
osd class default list = *
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:${ports.gateway}
rgw thread pool size = 32
`;
}

async function answers(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/`)).status === 200;
  } catch {
    return false;
  }
}

async function makeBucket(cluster: Cluster, port: number): Promise<S3Settings> {
  const credentials = {
    accessKeyId: randomBytes(10).toString('hex'),
    secretAccessKey: randomBytes(20).toString('hex'),
  };
  cluster.run(
    'radosgw-admin',
    '--name=client.rgw',
    'user',
    'create',
    '--uid=docmill',
    '--display-name=docmill',
    `--access-key=${credentials.accessKeyId}`,
    `--secret-key=${credentials.secretAccessKey}`,
  );
  const settings: S3Settings = {
    bucket: 'documents',
    prefix: 'kept/',
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials,
    forcePathStyle: true,
    checksums: 'when_required',
  };
  const client = createS3Client(settings);
  await client.send(new CreateBucketCommand({ Bucket: settings.bucket }));
  client.destroy();
  return settings;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
