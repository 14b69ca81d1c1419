import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { productPaths } from '../product-paths.ts';
import { printMessage } from './terminal.ts';

const script = path.join(productPaths.root, 'scripts', 'build-web.ts');

/**
 * In a checkout: builds the web application unless its sources are those of the last build, so that
 * starting is one command. An image that ships only the built files has no script, and nothing happens.
 * A failed build is reported and leaves the API without its pages.
 */
export async function buildWebApp(): Promise<void> {
  if (!existsSync(script)) return;
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('exit', resolve);
  });
  if (code !== 0)
    printMessage(`docmill: the web application could not be built (exit code ${code})`);
}
