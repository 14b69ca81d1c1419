import { readFile } from 'node:fs/promises';

const intervalMs = 200;

/**
 * Looks at the resident memory of a process several times a second and calls `onExceeded` once
 * when it is above the limit. Linux only; elsewhere it does nothing and the caps inside the child
 * (JavaScript heap, WASM memory) are the limit. Returns a function that stops watching.
 */
export function watchMemory(pid: number, limitMb: number, onExceeded: () => void): () => void {
  let stopped = false;
  const look = async (): Promise<void> => {
    const residentMb = await residentMemoryMb(pid);
    if (stopped || residentMb === undefined || residentMb <= limitMb) return;
    stop();
    onExceeded();
  };
  const timer = setInterval(() => void look(), intervalMs);
  const stop = (): void => {
    stopped = true;
    clearInterval(timer);
  };
  return stop;
}

/** Resident memory in MiB as /proc states it; undefined when it cannot be known. */
async function residentMemoryMb(pid: number): Promise<number | undefined> {
  // status and not statm: it is in kB, whatever the page size of the machine is.
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}
