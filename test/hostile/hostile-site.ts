import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngines } from '#engines/create-engines.ts';
import { sniffMediaType } from '#engines/sniff-media-type.ts';
import { isAppError } from '#kernel/app-error.ts';
import { errorCodes } from '#kernel/error-codes.ts';
import { silentLogger } from '#kernel/logger.ts';
import { runPipeline } from '#pipeline/run-pipeline.ts';
import { childPids } from '#test/support/child-processes.ts';
import { makeTemporaryFolder } from '#test/support/make-files.ts';
import type { HostileOutcome } from './hostile-input.ts';

/** What one file did. `wrongs` is empty when it could not hurt. */
export interface HostileResult {
  outcome: HostileOutcome | 'bug';
  /** Error code, or the warnings. */
  detail: string;
  text: string;
  seconds: number;
  wrongs: string[];
}

export interface HostileSite {
  /** Reads a file as the product would and looks at everything it must not have done. */
  read(fileName: string, bytes: Uint8Array): Promise<HostileResult>;
  /** Port of a server that notes every call; nothing may call it. */
  port: number;
  /** Closes everything; the list says what was left behind. */
  close(): Promise<string[]>;
}

export const hostileLimits = { memoryMb: 400, timeoutMs: 6_000, maxPixels: 20_000_000 };
/** A look at the memory of children now and then sees a little more than the watchdog allows. */
const memorySlackMb = 150;
/** Pages of a file are read in turn; this many calls may each run into their limit. */
const slowCalls = 6;

export async function openHostileSite(concurrency = 1): Promise<HostileSite> {
  const folder = makeTemporaryFolder();
  const engines = await createEngines({
    limits: hostileLimits,
    ocr: 'auto',
    concurrency,
    logger: silentLogger,
  });
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  let files = 0;
  // Each engine keeps as many processes as it may run at once, the recogniser twice as many for a while.
  const mostChildren = concurrency * 8;

  async function outcomeOf(
    fileName: string,
    path: string,
    bytes: Uint8Array,
  ): Promise<Pick<HostileResult, 'outcome' | 'detail' | 'text'>> {
    const sniffed = await sniffMediaType(bytes.subarray(0, 4_100), fileName);
    if ('refused' in sniffed) return { outcome: 'refused', detail: sniffed.refused, text: '' };
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const signal = AbortSignal.timeout(slowCalls * hostileLimits.timeoutMs);
    const reading = await runPipeline(
      { path, mediaType: sniffed.mediaType, sha256 },
      { engines, settings: { ocrDpi: 70, maxPages: 50 }, signal },
    );
    const { warnings, missingPages } = reading.facts;
    const isWhole = warnings.length === 0;
    return {
      outcome: isWhole ? 'read' : 'warned',
      detail: [...warnings, ...(missingPages.length > 0 ? ['missing'] : [])].join(' '),
      text: reading.pages.map((page) => page.text).join('\n'),
    };
  }

  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    async read(fileName, bytes) {
      files += 1;
      const path = join(folder.path, `${files}-${fileName}`);
      writeFileSync(path, bytes);
      const before = stateOf(path);
      const wrongs: string[] = [];
      const memory = watchChildren();
      const startedAt = performance.now();
      const found = await outcomeOf(fileName, path, bytes).catch((error: unknown) =>
        judgeError(error, wrongs),
      );
      const seconds = (performance.now() - startedAt) / 1_000;
      const peakMb = memory.stop();
      if (peakMb > hostileLimits.memoryMb + memorySlackMb) wrongs.push(`${peakMb} MiB`);
      if (seconds > (slowCalls * hostileLimits.timeoutMs) / 1_000) wrongs.push('a hang');
      if (stateOf(path) !== before) wrongs.push('a changed original');
      if (calls > 0) wrongs.push('a network call');
      if (childPids().length > mostChildren) wrongs.push('a leftover child');
      return { ...found, seconds, wrongs };
    },
    async close() {
      await engines.close();
      server.close();
      folder.remove();
      return [...childPids().map((pid) => `process ${pid}`), ...leftFolders()];
    },
  };
}

function judgeError(
  error: unknown,
  wrongs: string[],
): Pick<HostileResult, 'outcome' | 'detail' | 'text'> {
  if (!isAppError(error)) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { outcome: 'bug', detail, text: '' };
  }
  if (!errorCodes.includes(error.code)) wrongs.push(`the unknown code ${error.code}`);
  if (!/^[A-Z].*\.$/su.test(error.message)) wrongs.push(`no sentence: ${error.message}`);
  if (error.code === 'job.cancelled') wrongs.push('a hang');
  return { outcome: 'failed', detail: error.code, text: '' };
}

function stateOf(path: string): string {
  const { mtimeMs, mode, size } = statSync(path);
  const hash = createHash('sha256').update(readFileSync(path)).digest('hex');
  return `${mtimeMs} ${mode} ${size} ${hash}`;
}

/** Looks at the resident memory of all children until stopped; gives the most that one of them had, in MiB. */
function watchChildren(): { stop(): number } {
  let peakMb = 0;
  const look = (): void => {
    for (const pid of childPids()) {
      const status = readStatus(pid);
      const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
      peakMb = Math.max(peakMb, Math.round(kilobytes / 1_024));
    }
  };
  const timer = setInterval(look, 100);
  return {
    stop() {
      clearInterval(timer);
      return peakMb;
    },
  };
}

function readStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}

/** Folders of this process that its engines should have removed. */
function leftFolders(): string[] {
  return readdirSync(tmpdir()).filter(
    (name) => name.startsWith('docmill-') && name.includes(`-${process.pid}-`),
  );
}
