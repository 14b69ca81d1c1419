import { readFileSync, readdirSync } from 'node:fs';

/** A process as /proc shows it (Linux). With its start time it cannot be taken for a later one of the same id. */
export interface ProcessInfo {
  pid: number;
  parentPid: number;
  /** In clock ticks since boot. */
  startTime: number;
  /** Arguments joined by blanks. */
  command: string;
}

/** null when there is no such process, or only a zombie of it. */
export function readProcess(pid: number): ProcessInfo | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold blanks; fields 3, 4 and 22 follow it (proc_pid_stat(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return { pid, parentPid: Number(fields[1]), startTime: Number(fields[19]), command };
  } catch {
    return null;
  }
}

/** All processes under one, the process itself left out. */
export function descendantsOf(root: number): ProcessInfo[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((found) => found !== null);
  const under = new Set([root]);
  // A child may be listed before its parent: looked through until nothing is added.
  for (let before = 0; before !== under.size;) {
    before = under.size;
    for (const { pid, parentPid } of all) if (under.has(parentPid)) under.add(pid);
  }
  under.delete(root);
  return all.filter(({ pid }) => under.has(pid));
}

export function isStillThere(known: ProcessInfo): boolean {
  return readProcess(known.pid)?.startTime === known.startTime;
}

/** True for a child that reads documents, whatever the engine; the embedded PostgreSQL is none. */
export function isEngine({ command }: ProcessInfo): boolean {
  return command.endsWith('-child.ts') || /(?:^|\/)tesseract -/.test(command);
}
