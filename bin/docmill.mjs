#!/usr/bin/env node
// Starts Docmill under the Node 24 that the project brings, whatever Node runs this file (20 or newer).
// Plain JavaScript on purpose: an older Node must be able to read it.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

function findNode() {
  const os = { linux: 'linux', win32: 'win' }[process.platform];
  const executable = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  if (os) {
    try {
      const packageFile = createRequire(import.meta.url).resolve(
        `node-${os}-${process.arch}/package.json`,
      );
      return path.join(path.dirname(packageFile), executable);
    } catch {
      // Not installed for this platform: fall through to the running Node.
    }
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return null;
}

const node = findNode();
if (!node) {
  console.error(
    `docmill: needs Node 24, this is ${process.version} and the project brings none for ` +
      `${process.platform}-${process.arch}. Run "npm ci" in the checkout, or start it with Node 24.`,
  );
  process.exit(70);
}

const child = spawn(node, [path.join(root, 'src/main.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});

// Ctrl-C reaches the child through the terminal; the launcher only waits. Other signals are handed on.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));

// npm hands SIGTERM only to its shell, which dies without a word: then nobody would stop the server.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 1_000).unref();
}

child.on('error', (error) => {
  console.error(`docmill: cannot start ${node}: ${error.message}`);
  process.exit(70);
});
child.on('exit', (code, signal) => {
  if (signal) {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  } else process.exit(code ?? 1);
});
