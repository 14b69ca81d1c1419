import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { readFields, readString } from './sandbox/reply-fields.ts';

/** Version of an installed package, such as `0.35.5`; stored as provenance. Throws Error when it is not installed. */
export function installedVersion(packageName: string): string {
  const path = findPackageJSON(packageName, import.meta.url);
  if (path === undefined) throw new Error(`The package ${packageName} is not installed.`);
  const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return readString(readFields(manifest), 'version');
}
