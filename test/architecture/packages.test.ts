import { expect, test } from 'vitest';
import { z } from 'zod';

import { readProjectFile } from './source-files.ts';

const ranges = z.record(z.string(), z.string()).default({});

const manifest = z.object({
  private: z.literal(true),
  dependencies: ranges,
  devDependencies: ranges,
  optionalDependencies: ranges,
});

const lockEntry = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().default(false),
  dependencies: ranges,
  devDependencies: ranges,
  optionalDependencies: ranges,
  peerDependencies: ranges,
});

const lockSchema = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(z.string(), lockEntry),
});

function readManifest(file: string) {
  const { dependencies, devDependencies, optionalDependencies } = manifest.parse(
    JSON.parse(readProjectFile(file)),
  );
  return { dependencies, devDependencies, optionalDependencies };
}

const lock = lockSchema.parse(JSON.parse(readProjectFile('package-lock.json')));

/** A version, or another package under this name in one version. */
const exact = /^(?:npm:(?:@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/;

test.each(['package.json', 'web/package.json'])('%s names exact versions only', (file) => {
  const pins = Object.values(readManifest(file)).flatMap((group) => Object.entries(group));
  expect(pins.length).toBeGreaterThan(0);
  expect(pins.filter(([, range]) => !exact.test(range))).toEqual([]);
});

test.each([
  ['', 'package.json'],
  ['web', 'web/package.json'],
])('the lock file holds what %s/package.json asks for', (key, file) => {
  expect(lock.packages[key]).toMatchObject(readManifest(file));
});

test('everything comes from the registry that is configured: no git, no URL, no host in the lock file', () => {
  const elsewhere = Object.entries(lock.packages).flatMap(([name, entry]) => {
    const { dependencies, devDependencies, optionalDependencies, peerDependencies } = entry;
    const asked = [dependencies, devDependencies, optionalDependencies, peerDependencies].flatMap(
      (group) => Object.entries(group).map(([other, range]) => `${name} > ${other}: ${range}`),
    );
    const strange = asked.filter((line) =>
      /: (?:git|github|gitlab|https?|file|link)\b.*[:/]/.test(line),
    );
    const isHosted = entry.resolved !== undefined && !entry.link;
    return isHosted ? [...strange, `${name}: ${entry.resolved}`] : strange;
  });
  expect(elsewhere).toEqual([]);
});

test('the only package of ours is the web application', () => {
  const links = Object.values(lock.packages).filter((entry) => entry.link);
  expect(links.map((entry) => entry.resolved)).toEqual(['web']);
});
