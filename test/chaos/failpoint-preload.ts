// Loaded into a process under test before the program: dies at the failpoint whose name stands as a file in
// CHAOS_FAILPOINTS. The file is taken away first, so that one process dies and not all of them.
import { unlinkSync } from 'node:fs';
import path from 'node:path';
import { armFailpoints } from '#kernel/failpoint.ts';

const folder = process.env['CHAOS_FAILPOINTS'];

if (folder !== undefined) {
  armFailpoints((name) => {
    try {
      unlinkSync(path.join(folder, name));
    } catch {
      return;
    }
    process.kill(process.pid, 'SIGKILL');
  });
}
