import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/** Folders of the checkout that the program reads. */
export const productPaths = {
  root,
  migrations: path.join(root, 'migrations'),
  samples: path.join(root, 'samples'),
  web: path.join(root, 'web', 'dist'),
} as const;
