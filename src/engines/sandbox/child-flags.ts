import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface ChildPermissions {
  /** The module that the child runs. */
  entry: URL;
  /** Native addons (sharp). */
  addons: boolean;
  /** Worker threads. */
  workers: boolean;
  /** Further folders that the child may read. */
  readable: readonly string[];
  /** Size of the JavaScript heap, in MiB; WASM memory and buffers come on top. */
  heapMb: number;
}

const packageRoot = join(import.meta.dirname, '../../..');

/**
 * Node flags for a child: no file but our code and what is handed over, no writing, no further
 * processes. Node's permission model does not bind native code; the walls of walled-command.ts do.
 */
export function childFlags(permissions: ChildPermissions): string[] {
  const readable = [
    join(packageRoot, 'package.json'),
    join(packageRoot, 'src'),
    ...moduleFolders(packageRoot),
    dirname(fileURLToPath(permissions.entry)),
    ...permissions.readable,
  ];
  return [
    `--max-old-space-size=${permissions.heapMb}`,
    '--no-warnings',
    '--permission',
    ...(permissions.addons ? ['--allow-addons'] : []),
    ...(permissions.workers ? ['--allow-worker'] : []),
    ...readable.map((path) => `--allow-fs-read=${path}`),
  ];
}

/** Every node_modules from the package upwards, since an installer may hoist dependencies. */
function moduleFolders(from: string): string[] {
  const folders: string[] = [];
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules');
    if (existsSync(candidate)) folders.push(candidate);
    if (dirname(folder) === folder) return folders;
  }
}
