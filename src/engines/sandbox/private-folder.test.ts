import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makePrivateFolder, sweepPrivateFolders } from './private-folder.ts';

test('a sweep removes the folders of dead owners and leaves those of living ones', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  const left = join(tmpdir(), `docmill-engine-${pid}-left`);
  mkdirSync(left);
  const own = makePrivateFolder('engine');
  sweepPrivateFolders();
  expect(existsSync(left)).toBe(false);
  expect(existsSync(own)).toBe(true);
  rmSync(own, { recursive: true });
});
