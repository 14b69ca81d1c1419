import type { DocumentAction, Permission } from '#features/identity/index.ts';
import { linkRoutes } from '#http/link-routes.ts';
import type { ObjectKind } from './matrix-objects.ts';
import type { RouteRule } from './route-rules.ts';
import { closedTags } from './route-rules.ts';

export const principals = [
  'anonymous',
  'expired session',
  'suspended',
  'owner',
  'viewer',
  'commenter',
  'editor',
  'other user',
  'reviewer with task',
  'reviewer without task',
  'admin',
  'key read-only',
  'key read-write',
  'key expired',
  'key revoked',
  'link valid',
  'link expired',
  'link wrong password',
] as const;

export type Principal = (typeof principals)[number];

/** Whoever holds nothing that counts. */
const nobodies: ReadonlySet<Principal> = new Set([
  'anonymous',
  'expired session',
  'suspended',
  'key expired',
  'key revoked',
  'link expired',
  'link wrong password',
]);

const granted: Readonly<Partial<Record<Principal, Permission>>> = {
  viewer: 'view',
  commenter: 'comment',
  editor: 'edit',
  'reviewer with task': 'review',
  'link valid': 'view',
};

const actions: Readonly<Record<Permission, readonly DocumentAction[]>> = {
  view: ['read'],
  comment: ['read', 'comment'],
  review: ['read', 'comment', 'correct'],
  edit: ['read', 'comment', 'correct', 'edit'],
  owner: ['read', 'comment', 'correct', 'edit', 'manage'],
};

/** `ok`: let through; what is wrong with the request itself is another matter. A number is the status of a refusal. */
export type Expected = 'ok' | 401 | 403 | 404 | '403 or 404';

export interface Asked {
  route: string;
  tag: string | undefined;
  rule: RouteRule;
}

/** The answer that the rules promise, worked out apart from the code that gives it. */
export function expectedAnswer(who: Principal, asked: Asked, object: ObjectKind): Expected {
  const { rule, route } = asked;
  if (rule.access === 'anyone') return 'ok';
  if (rule.access === 'signature') return 401;
  if (nobodies.has(who)) return 401;
  if (who === 'link valid' && !linkRoutes.has(route)) return 401;
  const isKey = who === 'key read-only' || who === 'key read-write';
  if (isKey && closedTags.has(asked.tag ?? '')) return 403;
  const isRead = /^(?:GET|HEAD) /.test(route);
  if (route.startsWith('OPTIONS ')) return 'ok';
  if (who === 'key read-only' && !isRead) return 403;
  return answerTo(who, rule.access, object);
}

function answerTo(
  who: Principal,
  access: Exclude<RouteRule['access'], 'anyone' | 'signature'>,
  object: ObjectKind,
): Expected {
  const isOwner = who === 'owner' || who === 'key read-only' || who === 'key read-write';
  const isTheirs = isOwner && object !== 'random';
  if (access === 'person') return 'ok';
  if (access === 'admin') return who === 'admin' ? 'ok' : 404;
  if (access === 'self') return isTheirs || (who === 'admin' && object !== 'random') ? 'ok' : 404;
  if (access === 'link') return who === 'link valid' ? 'ok' : 404;
  if (access === 'owner') return isTheirs ? 'ok' : 404;
  if (access === 'task') {
    return isTheirs || (who === 'reviewer with task' && object === 'shared') ? 'ok' : 404;
  }
  const shared = object === 'shared' ? granted[who] : undefined;
  const permission = isTheirs ? 'owner' : shared;
  if (permission === undefined) return 404;
  // They see it, so nothing is given away by either refusal.
  return actions[permission].includes(access) ? 'ok' : '403 or 404';
}
