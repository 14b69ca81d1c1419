import { expect, test } from 'vitest';
import type { UserId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { DocumentAction, Permission } from './access-policy.ts';
import { allowed } from './access-policy.ts';
import type { Actor } from './actor.ts';

const actions: DocumentAction[] = ['read', 'comment', 'correct', 'edit', 'manage'];
const userId = newId<UserId>();
const ownerId = newId<UserId>();
const user: Actor = { kind: 'user', userId, role: 'teacher' };

function allowedOf(actor: Actor, permission: Permission | null, owner = ownerId): string {
  const may = (action: DocumentAction) => allowed(actor, action, { ownerId: owner, permission });
  return actions.filter(may).join(' ');
}

test.each<[Permission | null, string]>([
  [null, ''],
  ['view', 'read'],
  ['comment', 'read comment'],
  ['review', 'read comment correct'],
  ['edit', 'read comment correct edit'],
])('permission %s allows: %s', (permission, may) => {
  expect(allowedOf(user, permission)).toBe(may);
});

test('an owner may do everything', () => {
  expect(allowedOf(user, null, userId)).toBe(actions.join(' '));
});

test('an admin sees no more of others than anybody', () => {
  expect(allowedOf({ ...user, role: 'admin' }, null)).toBe('');
});

test('a link never manages, whatever it is said to be', () => {
  const link: Actor = { ...user, kind: 'link' };
  expect(allowedOf(link, 'owner')).toBe('');
  expect(allowedOf(link, null, userId)).toBe('');
  expect(allowedOf(link, 'edit')).toBe('read comment correct edit');
});
