import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { settings } from '#config.ts';

import { readProjectFile } from './source-files.ts';

/** How many lines each of the five source designs has. */
const lineCounts = { S0: 66, S1: 114, S2: 56, S3: 57, S4: 100 };

const page = readProjectFile('docs/reference/sources.md');

interface Line {
  id: string;
  where: string;
  shown: string;
}

const lines: Line[] = [...page.matchAll(/^\| (S\d\.\d+) +\| ([^|]+)\| ([^|]+)\| ([^|]+)\|$/gm)].map(
  ([, id = '', , where = '', shown = '']) => ({
    id,
    where: where.trim(),
    shown: shown.trim(),
  }),
);

/** What stands in backticks anywhere on the page. */
const named = [...new Set([...page.matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name))];

const isFile = (name: string): boolean =>
  /^(?:src|test|bench|docs|migrations|deploy|scripts|web|bin|\.ci)\//.test(name) ||
  /^[\w.-]+\.(?:yaml|json|md)$/.test(name);
const isRoute = (name: string): boolean => /^(?:GET|POST|PUT|PATCH|DELETE) \//.test(name);
const isSetting = (name: string): boolean => /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(name);
/** `table`, `table.column`, or the same of a view. */
const isColumn = (name: string): boolean =>
  /^[a-z]+(?:_[a-z]+)+$|^[a-z]+(?:_[a-z]+)*\.[a-z_]+$/.test(name) && !isFile(name);
/** A name of the server, not of ours. */
const foreign = new Set(['pg_stat_statements']);

test('every line of the sources stands on the page once, in order', () => {
  const wanted = Object.entries(lineCounts).flatMap(([source, count]) =>
    Array.from({ length: count }, (_, index) => `${source}.${index + 1}`),
  );
  expect(lines.map(({ id }) => id)).toEqual(wanted);
});

test('every file that the page names is there', () => {
  const files = named.filter(isFile);
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => !existsSync(new URL(`../../${file}`, import.meta.url)))).toEqual(
    [],
  );
});

test('every route that the page names is in openapi.json', () => {
  const api = z
    .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
    .parse(JSON.parse(readProjectFile('openapi.json')));
  const known = new Set(
    Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    ),
  );
  const routes = named.filter(isRoute);
  expect(routes.length).toBeGreaterThan(5);
  expect(routes.filter((route) => !known.has(route))).toEqual([]);
});

test('every table and column that the page names is in the schema', () => {
  const known = new Set<string>();
  const schema = readProjectFile('migrations/schema.sql');
  for (const [, table = '', body = ''] of schema.matchAll(
    /^(?:table|view|materialized view) (\w+)[^\n]*\n((?: {2}[^\n]*\n)*)/gm,
  )) {
    known.add(table);
    for (const [, column = ''] of body.matchAll(/^ {2}"?(\w+)"? /gm)) {
      known.add(`${table}.${column}`);
    }
  }
  const tables = lines.flatMap(({ where }) =>
    [...where.matchAll(/`([a-z]+)`/g)].map(([, name = '']) => name),
  );
  const columns = [...tables, ...named.filter((name) => isColumn(name) && !foreign.has(name))];
  expect(columns.length).toBeGreaterThan(100);
  expect(columns.filter((name) => !known.has(name))).toEqual([]);
});

test('every setting and bench that the page names is there', () => {
  const names = new Set(Object.keys(settings));
  expect(named.filter((name) => isSetting(name) && !names.has(name))).toEqual([]);
  const benches = new Set([...page.matchAll(/\bbench `(\w+)`/g)].map(([, name = '']) => name));
  expect(benches.size).toBeGreaterThan(1);
  expect(
    [...benches].filter((name) => !readProjectFile('bench/run.ts').includes(`${name}Bench,`)),
  ).toEqual([]);
});

test('a line either names what shows it or says that it is not met, and then stands in the list of those', () => {
  const open = lines.filter((line) => /\bnot met\b|\bpartly\b/.test(line.where + line.shown));
  const listed = [...page.matchAll(/^- (S\d\.\d+),/gm)].map(([, id]) => id);
  expect(new Set(listed)).toEqual(new Set(open.map(({ id }) => id)));
  expect(listed).toHaveLength(open.length);
  const shown = lines.filter((line) => !open.includes(line));
  const silent = shown.filter(
    ({ where, shown: by }) =>
      !where.includes('`') || !/`(?:test|src|bench|\.ci)\/|bench `/.test(by),
  );
  expect(silent).toEqual([]);
});
