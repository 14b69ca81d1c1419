import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';

let parts: TestParts;
let app: TestApp;
let folder: string;
beforeAll(async () => {
  parts = await openParts();
  folder = await mkdtemp(path.join(tmpdir(), 'docmill-web-'));
  await writeFile(path.join(folder, 'index.html'), '<!doctype html><title>Docmill</title>');
  await writeFile(path.join(folder, 'a.css'), 'a {}');
  app = await startApp(parts, {}, folder, undefined, { trustedProxies: ['127.0.0.1'] });
});
afterAll(async () => {
  await app.close();
  await parts.close();
  await rm(folder, { recursive: true, force: true });
});

const ask = (route: string, init: RequestInit = {}) => fetch(`${app.url}${route}`, init);
const html = { headers: { accept: 'text/html' } };

/** One of each kind of answer: page, file, API, refusals of each layer, documentation. */
const kinds: readonly [string, string, RequestInit, number, 'page' | 'docs' | 'answer'][] = [
  ['the page of the web application', '/', html, 200, 'page'],
  ['an address of the web application', '/documents/1', html, 200, 'page'],
  ['a file of the web application', '/a.css', {}, 200, 'page'],
  ['the page of the documentation', '/docs/', html, 200, 'docs'],
  ['a script of the documentation', '/docs/static/swagger-ui-bundle.js', {}, 200, 'docs'],
  ['the description of the API', '/openapi.json', {}, 200, 'answer'],
  ['a list', '/v1/documents', {}, 200, 'answer'],
  ['health', '/health/live', {}, 200, 'answer'],
  ['nothing', '/v1/nothing', {}, 404, 'answer'],
  ['an invalid request', '/v1/documents?limit=x', {}, 400, 'answer'],
  ['a broken address', '/v1/%ff', {}, 400, 'answer'],
  [
    'a broken body',
    '/v1/folders',
    { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } },
    400,
    'answer',
  ],
  [
    'a write from elsewhere',
    '/v1/folders',
    { method: 'POST', headers: { origin: 'https://evil.test' } },
    403,
    'answer',
  ],
  ['a wrong method', '/v1/documents', { method: 'PUT' }, 405, 'answer'],
];

test.each(kinds)(
  '%s has the headers that keep other sites out',
  async (_name, route, init, status, kind) => {
    const { headers, status: answered } = await ask(route, init);
    expect(answered).toBe(status);
    const policy = headers.get('content-security-policy') ?? '';
    const expected = {
      page: "script-src 'self'; style-src 'self';",
      docs: "script-src 'self'; style-src 'self' 'unsafe-hashes' 'sha256-",
      answer: "default-src 'none'",
    };
    expect(policy).toContain(expected[kind]);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-(inline|eval)|\*|https?:/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('strict-transport-security')).toBeNull();
  },
);

test('no other site may read anything: there is no header of CORS, whatever is asked', async () => {
  const origin = 'https://evil.test';
  const preflight = {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'x',
  };
  const asked: [string, RequestInit][] = [
    ['/v1/documents', { headers: { origin } }],
    ['/v1/documents', { method: 'OPTIONS', headers: { origin, ...preflight } }],
    ['/openapi.json', { headers: { origin } }],
    ['/', { headers: { origin: 'null', accept: 'text/html' } }],
  ];
  for (const [route, init] of asked) {
    const { headers } = await ask(route, init);
    expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  }
});

test('over https browsers are told to come by https only', async () => {
  const { headers } = await ask('/v1/documents', { headers: { 'x-forwarded-proto': 'https' } });
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
});
