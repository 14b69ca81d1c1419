import { readdirSync, readFileSync } from 'node:fs';

/** Peaks of resident memory in MiB. */
export interface MemoryPeaks {
  /** Of the process itself since it started; the kernel keeps this one, so nothing falls between samples. */
  server: number;
  /** Of its children together at the worst moment that was sampled, without PostgreSQL. */
  children: number;
}

const everyMs = 100;

/** Watches a process and its children (Linux). `stop` ends the watch and tells the peaks. */
export function watchResidentMemory(pid: number): { stop(): MemoryPeaks } {
  let children = 0;
  const sample = (): void => {
    const sum = engineChildren(pid).reduce((total, child) => total + memoryOf(child, 'VmRSS'), 0);
    children = Math.max(children, sum);
  };
  const timer = setInterval(sample, everyMs);
  return {
    stop() {
      clearInterval(timer);
      return { server: memoryOf(pid, 'VmHWM'), children };
    },
  };
}

/** A line of /proc/…/status in MiB; 0 when the process is gone. */
export function memoryOf(pid: number, line: 'VmRSS' | 'VmHWM'): number {
  const found = new RegExp(`^${line}:\\s+(\\d+) kB`, 'm').exec(readProc(`${pid}/status`));
  return Number(found?.[1] ?? 0) / 1024;
}

function engineChildren(pid: number): number[] {
  return threadsOf(pid)
    .flatMap((thread) => readProc(`${pid}/task/${thread}/children`).split(' '))
    .filter((child) => child !== '' && !readProc(`${child}/comm`).startsWith('postgres'))
    .map(Number);
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Processes end while they are looked at. */
function readProc(name: string): string {
  try {
    return readFileSync(`/proc/${name}`, 'utf8');
  } catch {
    return '';
  }
}
