import { expect, test } from 'vitest';
import { addressPrincipal, principalOf } from './principal.ts';
import { rateClassOf } from './rate-class.ts';
import { localOwner } from '#features/identity/index.ts';

test.each([
  ['GET', '/v1/documents', 'read'],
  ['HEAD', '/v1/uploads/:uploadId', 'read'],
  ['POST', '/v1/documents', 'upload'],
  ['POST', '/v1/documents/:documentId/versions', 'upload'],
  ['POST', '/v1/uploads', 'upload'],
  ['PATCH', '/v1/uploads/:uploadId', 'read'],
  ['PUT', '/v1/account/avatar', 'upload'],
  ['DELETE', '/v1/account/avatar', 'write'],
  ['PATCH', '/v1/zones/:zoneId', 'write'],
  ['DELETE', '/v1/documents/:documentId', 'write'],
  ['POST', '/v1/auth/sign-in', 'auth'],
  ['POST', '/v1/auth/reset-request', 'auth'],
  ['POST', '/v1/auth/sign-out', 'write'],
  ['GET', '/v1/auth/options', 'read'],
  ['POST', '/v1/account/password', 'auth'],
  ['POST', '/v1/links/open', 'auth'],
  ['GET', '/health/live', null],
  ['GET', '/*', null],
])('%s %s falls under %s', (method, template, expected) => {
  expect(rateClassOf(method, template)).toBe(expected);
});

test.each([
  ['192.0.2.7', 'ip:192.0.2.7'],
  ['::ffff:192.0.2.7', 'ip:192.0.2.7'],
  ['2001:db8:0:1:aaaa::1', 'ip:2001:db8:0:1::/64'],
  ['2001:db8:0:1:bbbb:0:0:2', 'ip:2001:db8:0:1::/64'],
  ['2001:db8::9', 'ip:2001:db8:0:0::/64'],
  ['::1', 'ip:0:0:0:0::/64'],
  ['fe80::1%eth0', 'ip:fe80:0:0:0::/64'],
])('the address %s counts as %s', (ip, principal) => {
  expect(addressPrincipal(ip)).toBe(principal);
});

test('who is known counts by what they came with', () => {
  expect(principalOf(undefined, '192.0.2.7')).toBe('ip:192.0.2.7');
  expect(principalOf(localOwner, '192.0.2.7')).toBe(`user:${localOwner.userId}`);
  expect(principalOf({ ...localOwner, kind: 'link', linkHash: 'abc' }, '192.0.2.7')).toBe(
    'link:abc',
  );
});
