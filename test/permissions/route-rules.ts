import type { DocumentAction } from '#features/identity/index.ts';
import type { ObjectIds } from './matrix-objects.ts';

/** Who may use a route, and a request of it that would do something. */
export interface RouteRule {
  access:
    /** Without an account. */
    | 'anyone'
    /** Everybody with an account, about their own things; the route names no object. */
    | 'person'
    /** Who may do this with the document. */
    | DocumentAction
    /** The owner of the object and nobody else. */
    | 'owner'
    /** The owner of the task, or the reviewer who has it. */
    | 'task'
    | 'admin'
    /** The person themselves, and admins. */
    | 'self'
    /** Whoever has opened a link. */
    | 'link'
    /** Whoever signs the very bytes with a secret of this server: none of those who ask here. */
    | 'signature';
  /** Sent as JSON; a text and bytes as they are. */
  body?: (ids: ObjectIds) => unknown;
  query?: (ids: ObjectIds) => string;
  /** Other parts of the path, such as `:number`. */
  params?: Readonly<Record<string, string>>;
  /** Not JSON; then `body` is a text or bytes. */
  contentType?: string;
  headers?: Readonly<Record<string, string>>;
  /** A stream that does not end. */
  stream?: true;
  /** What is restored or purged must be in the trash. */
  of?: 'trashed';
  /** It ends the account or the sessions of the asker, who is asked again here: only refusals are looked at. */
  endsAsker?: true;
  /** It may be that there is none yet, and 404 for whoever may look. */
  mayMiss?: true;
}

const anyone: RouteRule = { access: 'anyone' };
const person: RouteRule = { access: 'person' };
const owner: RouteRule = { access: 'owner' };
const admin: RouteRule = { access: 'admin' };
const task: RouteRule = { access: 'task' };
const read: RouteRule = { access: 'read' };
const manage: RouteRule = { access: 'manage' };
const fromTrash = { access: 'owner', of: 'trashed' } as const;
const hook = { access: 'owner', mayMiss: true } as const;
const provider = { access: 'anyone', params: { provider: 'oidc' } } as const;
const page = { number: '1' };
const block = { day: 'friday', startTime: '10:00', endTime: '11:00', name: 'Art' };

const multipart = 'multipart/form-data; boundary=x';
const upload = (): string =>
  '--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nhello there\r\n--x--\r\n';
/** A PNG of one pixel. */
export const whiteDot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==',
  'base64',
);
const tus = { 'tus-resumable': '1.0.0' };

/** Every route of the server. One that is missing here fails the matrix. */
export const routeRules: Readonly<Record<string, RouteRule>> = {
  'GET /health/live': anyone,
  'GET /health/ready': anyone,
  'GET /openapi.json': anyone,
  'GET /v1/auth/options': anyone,
  'POST /v1/auth/first-admin': anyone,
  'POST /v1/auth/sign-in': anyone,
  'POST /v1/auth/sign-out': anyone,
  'POST /v1/auth/sign-up': anyone,
  'POST /v1/auth/verify-email': anyone,
  'POST /v1/auth/reset-request': anyone,
  'POST /v1/auth/reset': anyone,
  'GET /v1/auth/providers/:provider/start': provider,
  'POST /v1/auth/providers/:provider/start': {
    ...provider,
    body: () => ({ invitation: 'a-token-of-nobody' }),
  },
  'GET /v1/auth/providers/:provider/callback': provider,
  'POST /v1/links/open': anyone,
  'POST /v1/links/close': anyone,
  'GET /v1/links/current': { access: 'link' },

  'POST /webhooks/clerk': { access: 'signature', body: () => ({ type: 'user.deleted' }) },

  'GET /v1/account': person,
  'PATCH /v1/account': { access: 'person', body: () => ({ firstName: 'Anna' }) },
  'DELETE /v1/account': { access: 'person', endsAsker: true, body: () => ({}) },
  'POST /v1/account/password': {
    access: 'person',
    endsAsker: true,
    body: () => ({ newPassword: 'correct horse battery' }),
  },
  // Before they are changed: everybody has one at first.
  'GET /v1/account/avatar': person,
  'GET /v1/users/:userId/avatar': { access: 'self' },
  'PUT /v1/account/avatar': { access: 'person', contentType: 'image/png', body: () => whiteDot },
  'DELETE /v1/account/avatar': person,
  'GET /v1/account/sessions': person,
  'DELETE /v1/account/sessions': { access: 'person', endsAsker: true },
  'DELETE /v1/account/sessions/:sessionId': owner,
  'GET /v1/account/export': person,
  'GET /v1/account/identities': person,
  'DELETE /v1/account/identities/:identityId': owner,
  'GET /v1/documents': person,
  'POST /v1/documents': { access: 'person', contentType: multipart, body: upload },
  'GET /v1/documents/:documentId': read,
  'PATCH /v1/documents/:documentId': { access: 'edit', body: () => ({ title: 'Renamed' }) },
  'DELETE /v1/documents/:documentId': manage,
  'POST /v1/documents/:documentId/restore': { access: 'manage', of: 'trashed' },
  'POST /v1/documents/:documentId/purge': { access: 'manage', of: 'trashed' },
  'GET /v1/documents/:documentId/contents': read,
  'GET /v1/documents/:documentId/access': manage,
  'GET /v1/documents/:documentId/versions': read,
  'POST /v1/documents/:documentId/versions': {
    access: 'manage',
    contentType: multipart,
    body: upload,
  },
  'POST /v1/documents/:documentId/versions/:number/restore': { access: 'manage', params: page },
  'GET /v1/documents/:documentId/versions/:number/original': {
    access: 'read',
    mayMiss: true,
    params: page,
  },
  'GET /v1/documents/:documentId/pages': read,
  'GET /v1/documents/:documentId/pages/:number': { access: 'read', params: page },
  'GET /v1/documents/:documentId/pages/:number/image': {
    access: 'read',
    // The bytes of the document are stored nowhere.
    mayMiss: true,
    params: page,
  },
  'GET /v1/documents/:documentId/download/:format': { access: 'read', params: { format: 'text' } },
  'GET /v1/documents/:documentId/download/original': { access: 'read', mayMiss: true },
  'GET /v1/documents/:documentId/content': read,
  'GET /v1/documents/:documentId/content/:taskType': {
    access: 'read',
    mayMiss: true,
    params: { taskType: 'summary' },
  },
  'PUT /v1/documents/:documentId/content/:taskType': {
    access: 'correct',
    params: { taskType: 'summary' },
    body: () => ({ processedData: { text: 'Short' } }),
  },
  'POST /v1/documents/:documentId/exports': {
    access: 'manage',
    body: () => ({ formats: ['txt'] }),
  },
  'GET /v1/documents/:documentId/exports': manage,
  'POST /v1/documents/:documentId/runs': { access: 'manage', body: () => ({}) },
  'POST /v1/documents/:documentId/timetable': { access: 'manage', body: () => ({}) },
  'POST /v1/documents/:documentId/pages/:number/zones': {
    access: 'correct',
    params: page,
    body: () => ({ kind: 'text', box: { x: 0.5, y: 0.5, width: 0.1, height: 0.1 } }),
  },
  'PUT /v1/documents/:documentId/pages/:number/zone-order': {
    access: 'correct',
    params: page,
    body: (ids) => ({ zoneIds: [ids.secondZoneId, ids.zoneId] }),
  },

  'GET /v1/zones/:zoneId': read,
  'PATCH /v1/zones/:zoneId': { access: 'correct', body: () => ({ content: 'Dear Berta' }) },
  'DELETE /v1/zones/:zoneId': { access: 'correct' },
  'POST /v1/zones/:zoneId/merge': {
    access: 'correct',
    body: (ids) => ({ zoneIds: [ids.secondZoneId] }),
  },
  'POST /v1/zones/:zoneId/split': { access: 'correct', body: () => ({ beforeWord: 1 }) },
  'GET /v1/zones/:zoneId/revisions': read,
  'POST /v1/zones/:zoneId/revert': {
    access: 'correct',
    mayMiss: true,
    body: () => ({ revision: 1 }),
  },

  'GET /v1/uploads': person,
  'OPTIONS /v1/uploads': person,
  'POST /v1/uploads': { access: 'person', headers: { ...tus, 'upload-length': '5' } },
  'POST /v1/uploads/direct': {
    access: 'person',
    body: () => ({ fileName: 'a.txt', sizeBytes: 5, sha256: '0'.repeat(64) }),
    // Files lie in a folder here, and no bucket takes them.
    mayMiss: true,
  },
  'POST /v1/uploads/:uploadId/complete': { access: 'owner', mayMiss: true },
  'GET /v1/uploads/:uploadId': { access: 'owner', mayMiss: true },
  'HEAD /v1/uploads/:uploadId': { access: 'owner', mayMiss: true, headers: tus },
  'PATCH /v1/uploads/:uploadId': {
    access: 'owner',
    mayMiss: true,
    headers: { ...tus, 'upload-offset': '0' },
    contentType: 'application/offset+octet-stream',
    body: () => 'hello',
  },
  'DELETE /v1/uploads/:uploadId': { access: 'owner', mayMiss: true, headers: tus },

  'GET /v1/folders': person,
  'GET /v1/folders/tree': person,
  'GET /v1/folders/search': { access: 'person', query: () => 'q=folder' },
  'POST /v1/folders': { access: 'person', body: () => ({ name: 'A new folder' }) },
  'GET /v1/folders/:folderId': owner,
  'PATCH /v1/folders/:folderId': { access: 'owner', body: () => ({ name: 'Another name' }) },
  'DELETE /v1/folders/:folderId': owner,
  'POST /v1/folders/:folderId/restore': fromTrash,
  'POST /v1/folders/:folderId/purge': fromTrash,

  'GET /v1/jobs': person,
  'GET /v1/queue': person,
  'GET /v1/events': { access: 'person', stream: true },
  // Without an upgrade there is nothing for whoever is let in.
  'GET /v1/live': { access: 'person', stream: true, mayMiss: true },
  'GET /v1/jobs/:jobId': owner,
  'PATCH /v1/jobs/:jobId': { access: 'owner', body: () => ({ priority: 5 }) },
  'POST /v1/jobs/:jobId/retry': owner,
  'POST /v1/jobs/:jobId/redrive': owner,
  'POST /v1/jobs/:jobId/pause': owner,
  'POST /v1/jobs/:jobId/resume': owner,
  'POST /v1/jobs/:jobId/cancel': owner,
  'GET /v1/jobs/:jobId/history': owner,
  'GET /v1/jobs/:jobId/events': { access: 'owner', stream: true },
  'GET /v1/jobs/:jobId/subject': owner,

  'GET /v1/search': { access: 'person', query: () => 'q=heron' },

  'GET /v1/journal': person,
  'POST /v1/journal': { access: 'person', body: () => ({ rawData: { text: 'a new day' } }) },
  'GET /v1/journal/:entryId': owner,
  'PUT /v1/journal/:entryId': { access: 'owner', body: () => ({ rawData: { text: 'changed' } }) },
  'DELETE /v1/journal/:entryId': owner,
  'POST /v1/journal/:entryId/restore': fromTrash,

  'GET /v1/timetables': person,
  'GET /v1/timetables/active': person,
  'POST /v1/timetables': { access: 'person', body: () => ({ name: 'A new week', year: 2026 }) },
  'GET /v1/timetables/:timetableId': owner,
  'PATCH /v1/timetables/:timetableId': { access: 'owner', body: () => ({ name: 'Renamed' }) },
  'DELETE /v1/timetables/:timetableId': owner,
  'PUT /v1/timetables/:timetableId/documents': {
    access: 'owner',
    body: (ids) => ({ documentIds: [ids.documentId] }),
  },
  'GET /v1/timetables/:timetableId/calendar': owner,
  'POST /v1/timetables/:timetableId/restore': fromTrash,
  'PUT /v1/timetables/:timetableId/blocks': { access: 'owner', body: () => ({ blocks: [block] }) },
  'POST /v1/timetables/:timetableId/blocks': { access: 'owner', body: () => block },
  'PATCH /v1/timetables/:timetableId/blocks/:blockId': {
    access: 'owner',
    body: () => ({ name: 'Music' }),
  },
  'DELETE /v1/timetables/:timetableId/blocks/:blockId': owner,

  // A filter: of what is not yours there are none, as of what is not there.
  'GET /v1/shares': {
    access: 'person',
    query: (ids) => `documentId=${ids.documentId}`,
  },
  'POST /v1/shares': {
    access: 'owner',
    body: (ids) => ({ documentId: ids.documentId, granteeEmail: 'somebody@example.test' }),
  },
  'PATCH /v1/shares/:shareId': { access: 'owner', body: () => ({ permission: 'edit' }) },
  'DELETE /v1/shares/:shareId': owner,

  'GET /v1/keys': person,
  'POST /v1/keys': { access: 'person', body: () => ({ name: 'New', scopes: ['*:read'] }) },
  'DELETE /v1/keys/:keyId': owner,

  'GET /v1/webhooks': person,
  'POST /v1/webhooks': {
    access: 'person',
    body: () => ({ url: 'https://hooks.example.test/x', events: ['document.completed'] }),
  },
  'GET /v1/webhooks/:webhookId': hook,
  'PATCH /v1/webhooks/:webhookId': { ...hook, body: () => ({ isActive: false }) },
  'DELETE /v1/webhooks/:webhookId': hook,
  'POST /v1/webhooks/:webhookId/ping': hook,
  'POST /v1/webhooks/:webhookId/rotate-secret': hook,
  'POST /v1/webhooks/:webhookId/replay': {
    ...hook,
    body: () => ({ since: '2026-01-01T00:00:00Z' }),
  },
  'GET /v1/webhooks/:webhookId/deliveries': hook,
  'GET /v1/webhooks/:webhookId/deliveries/:deliveryId': hook,
  'POST /v1/webhooks/:webhookId/deliveries/:deliveryId/replay': hook,

  'GET /v1/users': admin,
  'GET /v1/users/:userId': admin,
  'PATCH /v1/users/:userId': { access: 'admin', body: () => ({ role: 'reviewer' }) },
  'DELETE /v1/users/:userId': admin,
  'GET /v1/invitations': admin,
  'POST /v1/invitations': { access: 'admin', body: () => ({ email: 'invited@example.test' }) },
  'DELETE /v1/invitations/:invitationId': admin,
  'GET /v1/audit': admin,

  'GET /v1/review/tasks': person,
  'POST /v1/review/next': person,
  'GET /v1/review/tasks/:taskId': task,
  'POST /v1/review/tasks/:taskId/assign': { access: 'task', body: () => ({}) },
  'POST /v1/review/tasks/:taskId/start': task,
  'POST /v1/review/tasks/:taskId/release': task,
  'POST /v1/review/tasks/:taskId/cancel': task,
  'PUT /v1/review/tasks/:taskId/draft': { access: 'task', body: () => ({ zones: [] }) },
  'POST /v1/review/tasks/:taskId/complete': {
    access: 'task',
    body: (ids) => ({ zones: [{ id: ids.zoneId, content: 'Dear Berta' }] }),
  },

  'GET /v1/exports/:exportId': { access: 'owner', mayMiss: true },
  'GET /v1/exports/:exportId/files/:format': {
    access: 'owner',
    mayMiss: true,
    params: { format: 'txt' },
  },
  'GET /v1/usage': person,
  'GET /v1/metrics/stages': admin,
  'GET /v1/metrics/days': admin,
  'GET /v1/system': person,
  'GET /v1/schedules': person,
};

/** First tags of routes that no key reaches; every other one is an area of scopes. */
export const closedTags: ReadonlySet<string> = new Set([
  'auth',
  'account',
  'keys',
  'users',
  'sharing',
  'links',
  // They send what happens to somebody's documents to an address of the sender's choice.
  'webhooks',
]);
