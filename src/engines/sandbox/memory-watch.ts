import { readFileSync } from 'node:fs';

const intervalMs = 200;

/**
 * Looks at the resident memory of a process several times a second and calls `onExceeded` once
 * when it is above the limit. Linux only; elsewhere it does nothing and the caps inside the child
 * (JavaScript heap, WASM memory) are the limit. Returns a function that stops watching.
 */
export function watchMemory(pid: number, limitMb: number, onExceeded: () => void): () => void {
  let stopped = false;
  const look = (): void => {
    const residentMb = residentMemoryMb(pid);
    if (stopped || residentMb === undefined || residentMb <= limitMb) return;
    stop();
    onExceeded();
  };
  const timer = setInterval(look, intervalMs);
  const stop = (): void => {
    stopped = true;
    clearInterval(timer);
  };
  return stop;
}

/** Resident memory in MiB as /proc states it; undefined when it cannot be known. */
function residentMemoryMb(pid: number): number | undefined {
  // status and not statm: it is in kB, whatever the page size of the machine is.
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(statusOf(pid))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}

/** Read at once: the kernel makes the file in microseconds, a file handle by way of the thread pool costs more than that. */
function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}
