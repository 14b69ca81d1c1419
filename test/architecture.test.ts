import { expect, test } from 'vitest';

import {
  countCodeLines,
  listFiles,
  readProjectFile,
  sourceFiles,
} from './architecture/source-files.ts';

const src = sourceFiles('src');
const product = src.filter((file) => !file.name.endsWith('.test.ts'));
const ours = ['src', 'test', 'scripts', 'bench', 'bin', 'web/src'].flatMap(sourceFiles);

test('file names in src are unique, so that one can be opened by its name', () => {
  const names = Map.groupBy(src, (file) => file.name);
  names.delete('index.ts');
  const twins = [...names.values()].filter((files) => files.length > 1);
  expect(twins.map((files) => files.map((file) => file.path))).toEqual([]);
});

test('index.ts is the door of a feature and nothing else', () => {
  const doors = src.filter((file) => file.name === 'index.ts').map((file) => file.path);
  expect(doors.filter((path) => !/^src\/features\/[a-z]+\/index\.ts$/.test(path))).toEqual([]);
});

test('files are named in kebab-case', () => {
  const odd = ours.filter(
    (file) =>
      !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|gen|d|config))?\.(?:tsx?|mjs)$/.test(file.name),
  );
  expect(odd.map((file) => file.path)).toEqual([]);
});

test('no file and no folder has a name that says nothing', () => {
  const empty = /(?:^|\/)(?:utils?|helpers?|common|misc|lib|types|constants|managers?|base)[./]/;
  expect(ours.map((file) => file.path).filter((path) => empty.test(path))).toEqual([]);
});

test('no file has more than 400 lines of code', () => {
  const long = ours.filter((file) => countCodeLines(file.text) > 400);
  expect(long.map((file) => file.path)).toEqual([]);
});

/** Statements outside of the places that hold SQL, each with its reason. */
const sqlElsewhere = new Map([
  ['src/describe-system.ts', 'asks for the version of the server'],
  ['src/sample-import.ts', 'asks whether there is any document yet'],
  ['src/start-api.ts', 'asks the database whether it answers, for /health/ready'],
]);

test('SQL stands in repositories, in db, in queue and in what realtime keeps in PostgreSQL', () => {
  const home = /^src\/(?:db|queue)\/|^src\/realtime\/postgres-|-repository\.ts$/;
  const tagged = /\b(?:sql|slow|fragment)(?:<[^`;]*>)?`/;
  const elsewhere = product
    .filter((file) => !home.test(file.path) && tagged.test(file.code))
    .map((file) => file.path);
  expect(elsewhere).toEqual([...sqlElsewhere.keys()]);
});

/** Who opens connections of the web by themselves, each with its reason. */
const callers = new Map([
  ['src/cli/patient-fetch.ts', 'the command line asks the Docmill server that it is told'],
  ['src/outgoing/outgoing.ts', 'the one way out'],
]);

test('calls to other servers go through src/outgoing, where private addresses are refused', () => {
  const opens =
    /(?<![.\w])fetch\(|globalThis\.fetch\(|from 'node:(?:https?|http2|tls)'|from '(?:undici|axios|got|node-fetch)'/;
  const typesOnly = /^import type .*$/gm;
  const found = product
    .filter((file) => opens.test(file.code.replaceAll(typesOnly, '')))
    .map((file) => file.path);
  expect(found).toEqual([...callers.keys()]);
});

test('only the configuration reads the environment', () => {
  const readers = ours
    .filter((file) => /\bprocess\.env\b/.test(file.code))
    .map((file) => file.path);
  const allowed = /^(?:src\/config\.ts|test\/|scripts\/|bench\/|bin\/)|\.test\.ts$/;
  expect(readers.filter((path) => !allowed.test(path))).toEqual([]);
  expect(readers).toContain('src/config.ts');
});

/** Features that are no slice from route to table, each with its reason. */
const partialFeatures = new Map([
  [
    'backup',
    'run by people from the command line: no routes, and its SQL is of every table, in src/db/backup',
  ],
  ['extraction', 'connects queue and pipeline: no routes, and its SQL belongs to jobs and zones'],
  ['idempotency', 'a key on the writes of other features: no routes of its own'],
  ['imports', 'runs from the command line and makes documents and entries of their features'],
  ['mail', 'hands mails over: no routes and no rows'],
  ['live', 'passes on what jobs and documents tell: stores nothing and decides nothing'],
  ['retention', 'run by people and by the clock: no routes'],
  ['system', 'tells what runs: stores nothing and decides nothing'],
]);

test('every feature has a door, and a whole one has schema, routes, service and repository', () => {
  const features = new Set(
    src.flatMap((file) => /^src\/features\/(\w+)\//.exec(file.path)?.[1] ?? []),
  );
  const missing = [...features].flatMap((feature) => {
    const names = product
      .filter((file) => file.path.startsWith(`src/features/${feature}/`))
      .map((file) => file.name);
    const parts = partialFeatures.has(feature) ? [] : ['schema', 'routes', 'service', 'repository'];
    const isThere = (part: string): boolean => names.some((name) => name.endsWith(`-${part}.ts`));
    return [
      ...(names.includes('index.ts') ? [] : [`${feature}/index.ts`]),
      ...parts.filter((part) => !isThere(part)).map((part) => `${feature}/…-${part}.ts`),
    ];
  });
  expect(missing).toEqual([]);
  expect([...partialFeatures.keys()].filter((name) => !features.has(name))).toEqual([]);
});

test('a route file of a feature has its schemas beside it', () => {
  const routeFolders = product
    .filter((file) => /^src\/features\/.*-routes\.ts$/.test(file.path))
    .map((file) => file.path.replace(/[^/]+$/, ''));
  const bare = routeFolders.filter(
    (folder) =>
      !product.some((file) => file.path.startsWith(folder) && file.name.endsWith('-schema.ts')),
  );
  expect(bare).toEqual([]);
});

test('migrations are numbered in their order, and each can be undone', () => {
  const files = listFiles('migrations').map((file) => file.replace('migrations/', ''));
  const ups = files.filter((file) => file.endsWith('.up.sql'));
  const numbers = ups.map((file) => /^V(\d{3})__[a-z0-9_]+\.up\.sql$/.exec(file)?.[1]);
  expect(numbers.filter((number) => number === undefined)).toEqual([]);
  expect(new Set(numbers).size).toBe(numbers.length);
  const downs = ups.map((file) => file.replace('.up.', '.down.'));
  expect(files).toEqual([...ups, ...downs, 'schema.sql'].toSorted());
});

test('every decision stands in the index under its own title', () => {
  const pages = listFiles('docs/decisions')
    .map((file) => file.replace('docs/decisions/', ''))
    .filter((file) => file !== 'README.md');
  const index = readProjectFile('docs/decisions/README.md');
  const listed = [...index.matchAll(/^\| \[(\d{4})\]\(([^)]+)\)/gm)].map(([, number, file]) => ({
    number,
    file,
  }));
  expect(listed).toEqual(
    pages.map((file, at) => ({ number: String(at + 1).padStart(4, '0'), file })),
  );
  expect(pages.filter((file) => !/^\d{4}-[a-z0-9-]+\.md$/.test(file))).toEqual([]);
});
