import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { storeDocument } from '#test/support/factories.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';

/** The part of the API description that says which routes take a JSON body, and which names it knows. */
const schemaOf = z.object({ properties: z.record(z.string(), z.unknown()).optional() });
const operationSchema = z.object({
  requestBody: z
    .object({ content: z.object({ 'application/json': z.object({ schema: schemaOf }) }) })
    .optional()
    .catch(undefined),
});
const apiSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
});
const api = apiSchema.parse(
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../openapi.json'), 'utf8')),
);

interface WriteRoute {
  method: string;
  url: string;
  known: readonly string[];
}

const writeRoutes = Object.entries(api.paths).flatMap(([url, verbs]) =>
  Object.entries(verbs).flatMap(([verb, { requestBody }]): WriteRoute[] => {
    if (!requestBody || verb === 'get') return [];
    const { properties = {} } = requestBody.content['application/json'].schema;
    return [{ method: verb.toUpperCase(), url, known: Object.keys(properties) }];
  }),
);

/** Bodies that these routes accept; the others are sent nothing but what they do not know. */
const goodBodies: Readonly<Record<string, () => Record<string, unknown>>> = {
  'POST /v1/folders': () => ({ name: 'Letters' }),
  'PATCH /v1/folders/{folderId}': () => ({ name: 'Renamed' }),
  'PATCH /v1/documents/{documentId}': () => ({ title: 'Renamed' }),
  'POST /v1/timetables': () => ({ name: 'Week', year: 2026 }),
};

let parts: TestParts;
let app: TestApp;
let owner: Client;
/** Column names of all tables in both spellings, with a value that would be found again. */
let columns: ReadonlyMap<string, unknown>;
let ids: Readonly<Record<string, string>>;

const text = 'mass-assigned';
const canaries = [text, 'dead0000-0000-7000-8000-00000000dead', '1999-09-09', '987654321'];

function canaryOf(type: string): unknown {
  if (type === 'uuid') return canaries[1];
  if (type.startsWith('timestamp') || type === 'date') return '1999-09-09T09:09:09Z';
  if (/^(?:integer|bigint|smallint|numeric|real|double)/.test(type)) return 987_654_321;
  if (type === 'boolean') return true;
  if (type === 'jsonb') return { [text]: text };
  if (type === 'ARRAY') return [text];
  return text;
}

const camel = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

beforeAll(async () => {
  parts = await openParts();
  app = await startApp(parts);
  owner = new Client({ connectionString: parts.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<{ name: string; type: string }>(`
    select distinct on (column_name) column_name as name, data_type as type
    from information_schema.columns where table_schema = 'public'`);
  columns = new Map(
    rows.flatMap(({ name, type }): [string, unknown][] => [
      [name, canaryOf(type)],
      [camel(name), canaryOf(type)],
    ]),
  );
  const { documentId } = await storeDocument(parts.database);
  const folder = await fetch(`${app.url}/v1/folders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"name":"First"}',
  });
  const { id } = z.object({ id: z.string() }).parse(await folder.json());
  ids = { documentId, folderId: id };
});
afterAll(async () => {
  await owner.end();
  await app.close();
  await parts.close();
});

/** Rows, of any table, that hold a value that only a column no caller may name could have brought in. */
async function marked(): Promise<string[]> {
  const tables = await owner.query<{ name: string }>(`
    select c.oid::regclass::text as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`);
  const counts = tables.rows.map(
    ({ name }) =>
      `select '${name}' as name, t::text as line from ${name} t where t::text ~ '${canaries.join('|')}'`,
  );
  const found = await owner.query<{ name: string; line: string }>(counts.join(' union all '));
  return found.rows.map(({ name, line }) => `${name}: ${line.slice(0, 300)}`);
}

test('there are routes that write, and columns that nobody may name', () => {
  expect(writeRoutes.length).toBeGreaterThan(15);
  expect(columns.size).toBeGreaterThan(200);
  for (const route of Object.keys(goodBodies)) {
    expect(writeRoutes.map(({ method, url }) => `${method} ${url}`)).toContain(route);
  }
});

test.each(writeRoutes.map((route) => [`${route.method} ${route.url}`, route] as const))(
  '%s takes no column that it does not name',
  async (name, { method, url, known }) => {
    const extras = Object.fromEntries([...columns].filter(([column]) => !known.includes(column)));
    const body = { ...extras, ...goodBodies[name]?.() };
    const address = url.replace(/\{(\w+)\}/g, (_, parameter: string) => ids[parameter] ?? '1');
    const headers = { 'content-type': 'application/json' };
    const options = { method, headers, body: JSON.stringify(body) };
    const response = await fetch(app.url + address, options);
    await response.arrayBuffer();
    expect(response.status).toBeLessThan(500);
    if (name in goodBodies) expect(response.status).toBeLessThan(300);
    expect(await marked()).toEqual([]);
  },
);

test('what a route does name is found, so that the test above could fail', async () => {
  const response = await fetch(`${app.url}/v1/folders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: text }),
  });
  expect(response.status).toBe(201);
  expect((await marked()).join()).toContain('folders');
});
