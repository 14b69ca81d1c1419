import { spawn } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import path from 'node:path';
import type { RunAs } from './run-as.ts';

/** Starts a program as `runAs`, in the root folder and with nothing of our environment but a fixed PATH. */
export function spawnAs(
  runAs: RunAs,
  program: string,
  parameters: readonly string[],
  options: { stdio: StdioOptions; detached?: boolean; env?: Readonly<Record<string, string>> },
): ChildProcess {
  const spawnOptions = {
    stdio: options.stdio,
    detached: options.detached ?? false,
    windowsHide: true,
    // A working folder the other user may not enter would stop initdb.
    cwd: path.parse(program).root,
    // A fixed environment: PGDATA, PGPORT, LANG … of the caller must not change what is started.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', ...options.env },
  };
  if (runAs === null) return spawn(program, parameters, spawnOptions);
  const { uid, gid } = runAs;
  // Node clears the supplementary groups when it changes the user.
  if (!runAs.passClosedFolders) return spawn(program, parameters, { ...spawnOptions, uid, gid });
  const handOver = [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--inh-caps=+dac_read_search',
    '--ambient-caps=+dac_read_search',
    // access(2), by which initdb looks for postgres, otherwise leaves capabilities out of account.
    // It gives no further right: the capabilities stay the one above.
    '--securebits=+no_setuid_fixup',
  ];
  // setpriv replaces itself by the program, so the pid is the program's.
  return spawn('setpriv', [...handOver, '--', program, ...parameters], spawnOptions);
}
