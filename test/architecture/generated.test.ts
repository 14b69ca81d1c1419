import { subscribe, unsubscribe } from 'node:diagnostics_channel';

import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

import { generateRowTypes } from '#db/schema/row-types.ts';
import { dumpSchema } from '#db/schema/schema-dump.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';

import {
  readSchemaFacts,
  schemaPage,
  withoutComment,
} from '../../scripts/reference/schema-page.ts';
import { servedOpenapi } from '../../scripts/served-openapi.ts';
import { listFiles, readProjectFile } from './source-files.ts';

let clone: TestDatabase;
let openapi: string;
/** `GET /v1/documents/{id}` of every route of the real server. */
let routes: Set<string>;

beforeAll(async () => {
  clone = await createTestDatabase();
  routes = new Set();
  const collect = (message: unknown): void => {
    if (!isInitialization(message)) return;
    message.fastify.addHook('onRoute', ({ method, url }) => {
      for (const verb of [method].flat())
        routes.add(`${verb} ${url.replaceAll(/:(\w+)/g, '{$1}')}`);
    });
  };
  // Fastify announces each server it makes: the one that the program itself puts together is seen here.
  subscribe('fastify.initialization', collect);
  openapi = await servedOpenapi({
    DATABASE_URL: clone.appUrl,
    DATABASE_DIRECT_URL: clone.ownerUrl,
  });
  unsubscribe('fastify.initialization', collect);
});

afterAll(() => clone.close());

function isInitialization(message: unknown): message is { fastify: FastifyInstance } {
  return typeof message === 'object' && message !== null && 'fastify' in message;
}

/** Served and not described: the description itself, its pages, and the files of the web application. */
function isUndescribed(route: string): boolean {
  const [verb = '', url = ''] = route.split(' ');
  if (verb === 'HEAD' || verb === 'OPTIONS') return true;
  if (url === '/openapi.json' || url === '/docs' || url.startsWith('/docs/')) return true;
  // A WebSocket is beyond OpenAPI; docs/reference/live.md describes it.
  if (url === '/v1/live') return true;
  return verb === 'GET' && !/^\/(?:v1|health)\//.test(url) && isWebFile(url);
}

function isWebFile(url: string): boolean {
  return url === '/' || url === '/*' || /^\/(?:assets\/)?[\w.-]+\.\w+$/.test(url);
}

const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ summary: z.string().min(5) }))),
});

test('openapi.json is what the server serves', () => {
  expect(readProjectFile('openapi.json')).toBe(openapi);
});

test('every route of the server is described, and nothing else is', () => {
  const { paths } = documentSchema.parse(JSON.parse(openapi));
  const described = Object.entries(paths).flatMap(([url, verbs]) =>
    Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${url}`),
  );
  const served = [...routes].filter((route) => !isUndescribed(route));
  expect(served.length).toBeGreaterThan(10);
  expect(served.toSorted()).toEqual(described.toSorted());
});

test('migrations/schema.sql is the schema after all migrations', async () => {
  expect(readProjectFile('migrations/schema.sql')).toBe(await dumpSchema(clone.ownerUrl));
});

test('src/db/generated/rows.ts holds the rows of the schema after all migrations', async () => {
  expect(readProjectFile('src/db/generated/rows.ts')).toBe(await generateRowTypes(clone.ownerUrl));
});

test('what is generated is committed', () => {
  expect(listFiles('src/db/generated')).toEqual(['src/db/generated/rows.ts']);
});

test('docs/reference/schema.md is what npm run generate writes', async () => {
  const page = schemaPage(await readSchemaFacts(clone.ownerUrl));
  expect(readProjectFile('docs/reference/schema.md')).toBe(page);
});

test('every table, every view and every column of them has a comment', async () => {
  expect(withoutComment(await readSchemaFacts(clone.ownerUrl))).toEqual([]);
});
