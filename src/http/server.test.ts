import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeReading, storeDocument } from '#test/support/factories.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';

let parts: TestParts;
let app: TestApp;
let webFolder: string;
let serving = true;
beforeAll(async () => {
  parts = await openParts();
  webFolder = await mkdtemp(path.join(tmpdir(), 'docmill-web-'));
  writeFileSync(path.join(webFolder, 'index.html'), '<!doctype html><title>Docmill</title>');
  const changes = { isServing: () => serving };
  app = await startApp(parts, changes, webFolder);
});
afterAll(async () => {
  await app.close();
  await parts.close();
  await rm(webFolder, { recursive: true, force: true });
});

const get = (route: string, init?: RequestInit) => fetch(`${app.url}${route}`, init);
const json = { 'content-type': 'application/json' };

async function expectProblem(response: Response, status: number, code: string): Promise<unknown> {
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const problem: unknown = await response.json();
  expect(problem).toMatchObject({
    type: status === 500 ? 'about:blank' : expect.stringMatching(`/errors/${code}$`),
    title: expect.any(String),
    status,
    code,
    detail: expect.stringMatching(/\.$/),
    requestId: response.headers.get('x-request-id'),
  });
  return problem;
}

/** With headers that fetch would not send. */
function rawRequest(
  method: string,
  route: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: string }> {
  const { port } = new URL(app.url);
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      { host: '127.0.0.1', port, method, path: route, headers },
      (answer) => {
        text(answer).then((body) => resolve({ status: answer.statusCode ?? 0, body }), reject);
      },
    );
    sent.on('error', reject).end();
  });
}

describe('problems', () => {
  test.each([
    ['/v1/documents/not-an-id', 400, 'request.invalid'],
    ['/v1/documents?limit=0', 400, 'request.invalid'],
    ['/v1/documents?cursor=xxx', 400, 'cursor.invalid'],
    ['/v1/documents?status=eaten', 400, 'request.invalid'],
    ['/v1/jobs?status=x', 400, 'request.invalid'],
    ['/v1/search', 400, 'request.invalid'],
    ['/v1/search?q=the', 422, 'search.query_invalid'],
    ['/v1/search?q=%00', 422, 'search.query_invalid'],
    [`/v1/search?q=${'x'.repeat(501)}`, 400, 'request.invalid'],
    ['/v1/documents/018f0000-0000-7000-8000-000000000000', 404, 'document.not_found'],
    ['/v1/documents/018f0000-0000-7000-8000-000000000000/pages/0', 400, 'request.invalid'],
    ['/v1/nothing', 404, 'request.not_found'],
    ['/v1/%zz', 400, 'request.invalid'],
    ['/v1/documents/%E0%A4%A', 400, 'request.invalid'],
    [`/v1/documents/${'x'.repeat(300)}`, 404, 'request.not_found'],
  ])('GET %s answers %i %s', async (route, status, code) => {
    await expectProblem(await get(route), status, code);
  });

  test('a bad request says which field is wrong', async () => {
    const problem = await expectProblem(
      await get('/v1/documents?limit=200'),
      400,
      'request.invalid',
    );
    expect(problem).toMatchObject({ details: { problems: [expect.stringContaining('limit')] } });
  });

  test.each([
    ['DELETE', '/v1/documents', 'GET, HEAD, POST'],
    ['PUT', '/v1/documents/018f0000-0000-7000-8000-000000000000', 'DELETE, GET, HEAD, PATCH'],
    ['POST', '/v1/search?q=x', 'GET, HEAD'],
    ['POST', '/health/live', 'GET, HEAD'],
  ])('%s %s is a method that is not there', async (method, route, allow) => {
    const response = await get(route, { method });
    expect(response.headers.get('allow')).toBe(allow);
    await expectProblem(response, 405, 'request.method_not_allowed');
  });

  test('a body that is too large', async () => {
    const { documentId } = await storeDocument(parts.database);
    const body = JSON.stringify({ title: 'x'.repeat(1_200_000) });
    const response = await get(`/v1/documents/${documentId}`, {
      method: 'PATCH',
      headers: json,
      body,
    });
    await expectProblem(response, 413, 'request.too_large');
  });

  test.each(['text/xml', 'application/x-www-form-urlencoded', 'text/plain'])(
    'a body of the type %s',
    async (type) => {
      const { documentId } = await storeDocument(parts.database);
      const response = await get(`/v1/documents/${documentId}`, {
        method: 'PATCH',
        headers: { 'content-type': type },
        body: 'title=x',
      });
      await expectProblem(response, 415, 'request.unsupported_media_type');
    },
  );

  test.each([
    ['no JSON', '{"title":'],
    ['an empty body', ''],
    ['another shape', '{"name":"x"}'],
    ['a number', '7'],
    ['an empty title', '{"title":"  "}'],
    ['a title of 256 characters', JSON.stringify({ title: 'x'.repeat(256) })],
    ['a title with U+0000', '{"title":"a\\u0000b"}'],
    ['a title with half a character', '{"title":"a\\ud800"}'],
    ['a poisoned prototype', '{"__proto__":{"a":1},"title":"x"}'],
  ])('a body that is %s', async (_, body) => {
    const { documentId } = await storeDocument(parts.database);
    const response = await get(`/v1/documents/${documentId}`, {
      method: 'PATCH',
      headers: json,
      body,
    });
    await expectProblem(response, 400, 'request.invalid');
  });

  test('a bug tells nothing of itself', async () => {
    const response = await get('/v1/system');
    const problem = await expectProblem(response, 500, 'internal');
    expect(JSON.stringify(problem)).not.toContain('not part of this test');
  });

  test('an answer that does not fit its own schema is a bug as well', async () => {
    const broken = await startApp(parts, {
      describeSystem: () => Promise.resolve(JSON.parse('{"version":7,"secret":"geheim"}')),
    });
    const response = await fetch(`${broken.url}/v1/system`);
    const problem = await expectProblem(response, 500, 'internal');
    expect(JSON.stringify(problem)).not.toContain('geheim');
    await broken.close();
  });
});

describe('editing over HTTP', () => {
  test('follows the ETag', async () => {
    const { documentId } = await storeDocument(parts.database);
    const route = `/v1/documents/${documentId}`;
    const etag = (await get(route)).headers.get('etag') ?? '';
    const patch = (title: string, ifMatch: string) =>
      get(route, {
        method: 'PATCH',
        headers: { ...json, 'if-match': ifMatch },
        body: JSON.stringify({ title }),
      });
    const first = await patch(' First ', etag);
    expect(first.status).toBe(200);
    expect(await first.json()).toMatchObject({ title: 'First' });
    await expectProblem(await patch('Second', etag), 412, 'request.precondition_failed');
    expect((await patch('Second', first.headers.get('etag') ?? '')).status).toBe(200);
  });

  test('the trash takes 204 to fill and gives the document back', async () => {
    const { documentId } = await storeDocument(parts.database);
    const route = `/v1/documents/${documentId}`;
    const gone = await get(route, { method: 'DELETE' });
    expect([gone.status, await gone.text()]).toEqual([204, '']);
    await expectProblem(await get(route, { method: 'DELETE' }), 404, 'document.not_found');
    const back = await get(`${route}/restore`, { method: 'POST' });
    expect(await back.json()).toMatchObject({ id: documentId, deletedAt: null });
  });

  test('lists never carry text', async () => {
    await storeDocument(parts.database, { pages: [makeReading(1, 'needleinhay')] });
    for (const route of ['/v1/documents', '/v1/jobs']) {
      expect(await (await get(route)).text()).not.toContain('needleinhay');
    }
  });
});

describe('guards', () => {
  test.each([
    'evil.test',
    'evil.test:4600',
    '127.0.0.1.evil.test',
    'localhost.evil.test',
    '0.0.0.0',
  ])('the host name %s is refused', async (host) => {
    for (const [method, route] of [
      ['GET', '/'],
      ['GET', '/v1/documents'],
      ['POST', '/v1/x'],
    ] as const) {
      const { status, body } = await rawRequest(method, route, { host });
      expect(status).toBe(421);
      expect(JSON.parse(body)).toMatchObject({ code: 'request.host_refused' });
    }
  });

  test.each([
    'localhost',
    'localhost:4600',
    'LOCALHOST',
    '127.0.0.1',
    '[::1]:4600',
    'docs.example.test',
  ])('the host name %s is ours', async (host) => {
    expect((await rawRequest('GET', '/health/live', { host })).status).toBe(200);
  });

  const own = { host: 'docs.example.test' };
  test.each([
    { ...own, origin: 'https://evil.test' },
    { ...own, origin: 'null' },
    { ...own, origin: 'https://localhost:9999' },
    { ...own, 'sec-fetch-site': 'cross-site' },
    { ...own, 'sec-fetch-site': 'same-site' },
    { ...own, origin: 'https://docs.example.test', 'sec-fetch-site': 'cross-site' },
  ])('a write from another site is refused: %j', async (headers) => {
    for (const method of ['POST', 'DELETE', 'PATCH']) {
      const { status, body } = await rawRequest(method, '/v1/documents', headers);
      expect(status).toBe(403);
      expect(JSON.parse(body)).toMatchObject({ code: 'request.cross_site' });
    }
  });

  test.each([
    {},
    { 'user-agent': 'curl/8.0' },
    {
      host: 'docs.example.test',
      origin: 'https://docs.example.test',
      'sec-fetch-site': 'same-origin',
    },
    { host: 'localhost:4600', origin: 'http://localhost:4600', 'sec-fetch-site': 'none' },
  ])('a write of a tool or of our own pages passes: %j', async (headers) => {
    const { status } = await rawRequest('POST', '/v1/documents/x/restore', headers);
    expect(status).toBe(400);
  });

  test('reading from another site passes, since the browser keeps the answer from it', async () => {
    const headers = { host: 'localhost', 'sec-fetch-site': 'cross-site' };
    const { status } = await rawRequest('GET', '/v1/documents', headers);
    expect(status).toBe(200);
  });
});

test('every route answers with the security headers', async () => {
  const { documentId, jobId } = await storeDocument(parts.database, {
    pages: [makeReading(1, 'x')],
  });
  for (const route of [
    '/',
    '/health/live',
    '/health/ready',
    '/v1/documents',
    `/v1/documents/${documentId}`,
    `/v1/documents/${documentId}/download/text`,
    `/v1/jobs/${jobId}/events`,
    '/v1/nothing',
    '/v1/search?q=the',
    '/v1/system',
    '/openapi.json',
  ]) {
    const { headers } = await get(route);
    expect(headers.get('x-content-type-options'), route).toBe('nosniff');
    expect(headers.get('referrer-policy'), route).toBe('same-origin');
    expect(headers.get('content-security-policy'), route).toContain("default-src '");
    expect(headers.get('x-request-id'), route).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('access-control-allow-origin'), route).toBeNull();
  }
});

describe('the web application', () => {
  const html = { accept: 'text/html,application/xhtml+xml' };

  test.each(['/', '/documents/018f0000-0000-7000-8000-000000000000', '/search?q=x'])(
    '%s is the application for a browser',
    async (route) => {
      const response = await get(route, { headers: html });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toContain('text/html');
      expect(await response.text()).toContain('<title>Docmill</title>');
    },
  );

  test.each([
    ['/documents/x', { accept: 'application/json' }],
    ['/v1/nothing', html],
    ['/../../etc/passwd', { accept: '*/*' }],
    ['/..%2f..%2fetc/passwd', { accept: '*/*' }],
  ])('%s is a problem for %j', async (route, headers) => {
    await expectProblem(await get(route, { headers }), 404, 'request.not_found');
  });

  test('that is not built leaves the API as it is', async () => {
    const bare = await startApp(parts, {}, path.join(webFolder, 'missing'));
    const response = await fetch(bare.url, { headers: html });
    await expectProblem(response, 404, 'request.not_found');
    expect((await fetch(`${bare.url}/v1/documents`)).status).toBe(200);
    await bare.close();
  });
});

describe('health', () => {
  test('ready follows whether the process serves and the database answers', async () => {
    const ready = await get('/health/ready');
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok' }]);
    serving = false;
    const stopping = await get('/health/ready');
    serving = true;
    expect([stopping.status, await stopping.json()]).toEqual([503, { status: 'stopping' }]);
    const lost = await startApp(parts, { checkDatabase: () => Promise.reject(new Error('lost')) });
    const unavailable = await fetch(`${lost.url}/health/ready`);
    expect([unavailable.status, await unavailable.json()]).toEqual([
      503,
      { status: 'unavailable' },
    ]);
    expect((await fetch(`${lost.url}/health/live`)).status).toBe(200);
    await lost.close();
  });
});

test('closing does not wait for connections that were opened ahead of a request', async () => {
  const other = await startApp(parts);
  const { port } = new URL(other.url);
  const socket = connect(Number(port), '127.0.0.1');
  await new Promise((resolve) => {
    socket.once('connect', resolve);
  });
  await (await fetch(`${other.url}/health/live`)).text();
  const begun = performance.now();
  await other.close();
  expect(performance.now() - begun).toBeLessThan(5_000);
  socket.destroy();
});

test('the description of the API is OpenAPI 3.1 and names every problem shape', async () => {
  const description: unknown = await (await get('/openapi.json')).json();
  expect(description).toMatchObject({
    openapi: '3.1.0',
    components: { schemas: { Problem: {}, Document: {}, Job: {} } },
  });
});
