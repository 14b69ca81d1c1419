import { randomBytes } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { setAvatar } from '#features/accounts/avatar-service.ts';
import { createOidcSignIn, sessionCookie, sessionWay } from '#features/accounts/index.ts';
import type { Actor } from '#features/identity/index.ts';
import { createKey, localOwner } from '#features/identity/index.ts';
import { alsoByLink, linkCookie, linkWay } from '#features/sharing/index.ts';
import { changeShare, endShare, giveShare } from '#features/sharing/share-service.ts';
import { openLink } from '#features/sharing/share-link-service.ts';
import { nobody } from '#http/authenticate.ts';
import { keyWay } from '#http/authenticate-key.ts';
import { tryWays } from '#http/ways-in.ts';
import { AppError } from '#kernel/app-error.ts';
import type { DocumentId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import { createOutgoingFetch } from '#outgoing/outgoing-fetch.ts';
import { openRealtime } from '#realtime/open-realtime.ts';
import { insertUser } from '#test/support/factories.ts';
import { openOidcIssuer } from '#test/support/oidc-issuer.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';
import { productPaths } from '../../src/product-paths.ts';
import type { Principal } from './expected-answer.ts';
import type { MadeObjects, ObjectIds, ObjectKind, Receivers } from './matrix-objects.ts';
import { beginSession, makeObjects, randomIds } from './matrix-objects.ts';
import { type RouteRule, whiteDot } from './route-rules.ts';

export interface Site {
  parts: TestParts;
  app: TestApp;
  /** `GET /v1/documents/:documentId` with the first tag of the route. */
  routes: Map<string, string | undefined>;
  owner: Actor;
  other: Actor;
  receivers: Receivers;
  objects: Record<ObjectKind, ObjectIds>;
  credentials: Record<Principal, Record<string, string>>;
  close(): Promise<void>;
}

/** A server with the real ways in, one of everything in every state, and a credential for every principal. */
export async function openSite(): Promise<Site> {
  const parts = await openParts();
  const { rateLimits } = openRealtime({ ...parts, redisUrl: undefined });
  const { database } = parts;
  const links = { database, rateLimits, linkCookie: linkCookie(undefined) };
  const sessions = { database, cookie: sessionCookie(undefined), sessionMs: 86_400_000 };
  const ways = [sessionWay(sessions), keyWay(database), linkWay(links)];
  const routes = new Map<string, string | undefined>();
  const collect = collector(routes);
  subscribe('fastify.initialization', collect);
  const authenticate = alsoByLink(links, tryWays(ways, nobody));
  const describeSystem = () => Promise.reject(new AppError('job.state_conflict', 'Not here.'));
  const clerk = { webhookSecrets: [`whsec_${randomBytes(24).toString('base64')}`] };
  const client = { clientId: 'docmill', clientSecret: 'a-secret-of-this-test' };
  const oidc = await openOidcIssuer(client);
  oidc.serve(['https://docs.example.test/v1/auth/providers/oidc/callback']);
  const provider = { ...client, id: 'oidc', name: 'Acme', issuer: oidc.issuer } as const;
  const outgoing = createOutgoingFetch(parts.outgoing);
  const providers = [createOidcSignIn({ ...provider, fetch: outgoing })];
  const changes = { describeSystem, clerk, providers };
  const app = await startApp(parts, changes, productPaths.web, authenticate);
  unsubscribe('fastify.initialization', collect);
  const person = () => insertUser(database);
  const receivers: Receivers = {
    viewer: await person(),
    commenter: await person(),
    editor: await person(),
    reviewer: await person(),
  };
  await database.sql`update users set role = 'reviewer' where id = ${receivers.reviewer.userId}`;
  const [owner, other] = [await person(), await person()];
  const made = {
    private: await makeObjects(parts, owner, 'private', receivers),
    shared: await makeObjects(parts, owner, 'shared', receivers),
    revoked: await makeObjects(parts, owner, 'revoked', receivers),
    trashed: await makeObjects(parts, owner, 'trashed', receivers),
  };
  for (const who of [owner, other, localOwner, ...Object.values(receivers)]) {
    await setAvatar(parts, who, Readable.from([whiteDot]));
  }
  const credentials = await giveCredentials(parts, links, { owner, other, receivers, made });
  return {
    parts,
    app,
    routes,
    owner,
    other,
    receivers,
    objects: {
      private: made.private.ids,
      shared: made.shared.ids,
      revoked: made.revoked.ids,
      trashed: made.trashed.ids,
      random: randomIds(),
    },
    credentials,
    async close() {
      await app.close();
      oidc.close();
      await parts.close();
    },
  };
}

function collector(routes: Map<string, string | undefined>): (message: unknown) => void {
  return (message) => {
    if (!isInitialization(message)) return;
    message.fastify.addHook('onRoute', ({ method, url, schema }) => {
      for (const verb of [method].flat()) routes.set(`${verb} ${url}`, schema?.tags?.[0]);
    });
  };
}

function isInitialization(message: unknown): message is { fastify: FastifyInstance } {
  return typeof message === 'object' && message !== null && 'fastify' in message;
}

interface People {
  owner: Actor;
  other: Actor;
  receivers: Receivers;
  made: Record<Exclude<ObjectKind, 'random'>, MadeObjects>;
}

async function giveCredentials(
  parts: TestParts,
  links: Parameters<typeof openLink>[0],
  { owner, other, receivers, made }: People,
): Promise<Site['credentials']> {
  const { sql } = parts.database;
  const cookie = async (who: Actor, expired = false) => ({
    cookie: await beginSession(parts, who, expired),
  });
  const bearer = async (scopes: Parameters<typeof createKey>[2]['scopes']) => {
    const wish = { name: 'Program', scopes, expiresAt: null };
    const { key, apiKey } = await createKey(parts, owner, wish);
    // Used in the future, so that no request notes it.
    await sql`update api_keys set last_used_at = now() + interval '1 day' where id = ${apiKey.id}`;
    return { id: apiKey.id, headers: { authorization: `Bearer ${key}` } };
  };
  const both = ['*:read', '*:write'] as const;
  const suspended = await insertUser(parts.database);
  await sql`update users set status = 'suspended' where id = ${suspended.userId}`;
  const idle = await insertUser(parts.database);
  await sql`update users set role = 'reviewer' where id = ${idle.userId}`;
  await setAvatar(parts, idle, Readable.from([whiteDot]));
  const [expiredKey, revokedKey] = [await bearer(both), await bearer(both)];
  await sql`update api_keys set expires_at = now() where id = ${expiredKey.id}`;
  await sql`update api_keys set revoked_at = now() where id = ${revokedKey.id}`;
  const [readKey, writeKey] = [await bearer(['*:read']), await bearer(both)];
  const visit = async (token: string) => {
    const opened = await openLink(links, { token, password: undefined, ip: '127.0.0.1' });
    await sql`
      update document_shares set last_used_at = now() + interval '1 day' where link_hash is not null`;
    return { cookie: `docmill-link=${opened.visitToken}` };
  };
  return {
    anonymous: {},
    'expired session': await cookie(owner, true),
    suspended: await cookie(suspended),
    owner: await cookie(owner),
    viewer: await cookie(receivers.viewer),
    commenter: await cookie(receivers.commenter),
    editor: await cookie(receivers.editor),
    'other user': await cookie(other),
    'reviewer with task': await cookie(receivers.reviewer),
    'reviewer without task': await cookie(idle),
    admin: await cookie(localOwner),
    'key read-only': readKey.headers,
    'key read-write': writeKey.headers,
    'key expired': expiredKey.headers,
    'key revoked': revokedKey.headers,
    'link valid': await visit(made.shared.linkToken),
    'link expired': await endedVisit(parts, owner, made.shared, visit),
    'link wrong password': await passedBy(parts, owner, made.shared, visit),
  };
}

/** A visit of a link whose end has come. */
async function endedVisit(
  parts: TestParts,
  owner: Actor,
  { ids }: MadeObjects,
  visit: (token: string) => Promise<Record<string, string>>,
): Promise<Record<string, string>> {
  const documentId = asId<DocumentId>(ids.documentId);
  const wish = { object: { documentId }, grantee: null, password: null, expiresAt: null } as const;
  const { share, token } = await giveShare(parts, owner, { ...wish, permission: 'edit' });
  const headers = await visit(token ?? '');
  await endShare(parts, owner, share.id);
  return headers;
}

/** A visit that began before the link asked for a password which its browser does not know. */
async function passedBy(
  parts: TestParts,
  owner: Actor,
  { ids }: MadeObjects,
  visit: (token: string) => Promise<Record<string, string>>,
): Promise<Record<string, string>> {
  const documentId = asId<DocumentId>(ids.documentId);
  const wish = { object: { documentId }, grantee: null, password: null, expiresAt: null } as const;
  const { share, token } = await giveShare(parts, owner, { ...wish, permission: 'edit' });
  const headers = await visit(token ?? '');
  await changeShare(parts, owner, share.id, { password: 'sesame seeds' });
  return headers;
}

/** An answer without what differs between two alike: ids, the time, and what is counted. */
export interface Answer {
  status: number;
  body: string;
  headers: Record<string, string>;
}

const volatile = new Set(['date', 'x-request-id', 'connection', 'keep-alive']);

/** Sends a request of a route about some objects. */
export async function send(
  site: Site,
  route: string,
  rule: RouteRule,
  ids: ObjectIds,
  credentials: Record<string, string>,
): Promise<Answer> {
  const [method = '', pattern = ''] = route.split(' ');
  const values: Record<string, string> = { ...ids, ...rule.params };
  const path = pattern.replaceAll(/:(\w+)/g, (_, name: string) => values[name] ?? name);
  const query = rule.query ? `?${rule.query(ids)}` : '';
  const content = rule.body?.(ids);
  const type = rule.contentType ?? 'application/json';
  const stop = new AbortController();
  const response = await fetch(`${site.app.url}${path}${query}`, {
    method,
    redirect: 'manual',
    signal: stop.signal,
    headers: {
      ...credentials,
      ...rule.headers,
      ...(content !== undefined && { 'content-type': type }),
    },
    ...(content !== undefined && {
      body:
        typeof content === 'string' || content instanceof Uint8Array
          ? content
          : JSON.stringify(content),
    }),
  });
  const isEndless = rule.stream === true && response.ok;
  const text = isEndless ? '' : await response.text();
  if (isEndless) stop.abort();
  const headers = Object.fromEntries(
    [...response.headers].filter(([name]) => !volatile.has(name) && !name.startsWith('ratelimit')),
  );
  return { status: response.status, body: withoutIds(text), headers };
}

function withoutIds(text: string): string {
  return text.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID');
}
