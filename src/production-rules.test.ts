import { expect, test } from 'vitest';
import { isAppError } from '#kernel/app-error.ts';
import { loadConfig } from './config.ts';

const good = {
  NODE_ENV: 'production',
  DOCMILL_PUBLIC_URL: 'https://docs.acme.test',
  DATABASE_URL: 'postgres://docmill_program:pQ7xv2Lw9Rt4@db.acme.test/docmill',
};

/** Names of the settings that keep the server from starting. */
function refused(environment: Record<string, string>): string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (!isAppError(error, 'config.invalid')) throw error;
    for (const [name, value] of Object.entries(environment)) {
      if (!/SECRET|URL$/.test(name)) continue;
      // A password of an address is not shown either.
      const secret = URL.parse(value)?.password || value;
      expect(error.message).not.toContain(secret);
    }
    return [...error.message.matchAll(/^- (\w+):/gm)].map(([, name]) => name ?? '');
  }
}

test('good settings start in production', () => {
  expect(refused(good)).toEqual([]);
  const services = {
    DOCMILL_GOOGLE_CLIENT_ID: 'x.apps.test',
    DOCMILL_GOOGLE_CLIENT_SECRET: 'GOCSPX-a8Fh2kLq0Zr5',
    DOCMILL_SMTP_URL: 'smtp://mail.acme.test:25',
  };
  expect(refused({ ...good, ...services })).toEqual([]);
});

test.each([
  ['no password', { DATABASE_URL: 'postgres://docmill_program@db.acme.test/docmill' }],
  ['a short password', { DATABASE_URL: 'postgres://u:pQ7xv2@db.acme.test/docmill' }],
  ['a password from a manual', { DATABASE_URL: 'postgres://u:changeme-changeme@db.test/d' }],
  ['a password of one character', { REDIS_URL: 'redis://:aaaaaaaaaaaaaaaa@cache.acme.test' }],
  [
    'a secret from a manual',
    { S3_ACCESS_KEY_ID: 'AK', S3_SECRET_ACCESS_KEY: 'bPxRfiCYEXAMPLEKEY' },
  ],
  ['a name as its secret', { S3_ACCESS_KEY_ID: 'AK', S3_SECRET_ACCESS_KEY: 'minioadmin' }],
  ['half of a pair', { S3_SECRET_ACCESS_KEY: 'pQ7xv2Lw9Rt4aa8Z' }],
  ['an address in clear', { DOCMILL_PUBLIC_URL: 'http://docs.acme.test' }],
  ['no sign-in', { DOCMILL_SIGN_IN: 'off' }],
])('%s keeps it from starting, and the message holds no secret', (_, changes) => {
  expect(refused({ ...good, ...changes })).toHaveLength(1);
  const { DOCMILL_PUBLIC_URL: _url, ...elsewhere } = changes as Record<string, string>;
  const { NODE_ENV: _mode, ...development } = { ...good, ...elsewhere };
  expect(refused(development)).toEqual([]);
});

test('production is said by the setting, or by NODE_ENV with a public address', () => {
  expect(refused({ DOCMILL_PRODUCTION: 'true' })).toEqual(['DOCMILL_PUBLIC_URL']);
  expect(refused({ NODE_ENV: 'production' })).toEqual([]);
  expect(refused({ ...good, DOCMILL_SIGN_IN: 'off', DOCMILL_PRODUCTION: 'false' })).toEqual([]);
});

test('a provider needs its id and its secret everywhere', () => {
  expect(refused({ DOCMILL_GITHUB_CLIENT_ID: 'Iv1' })).toEqual(['DOCMILL_GITHUB_CLIENT_SECRET']);
  expect(refused({ DOCMILL_OIDC_CLIENT_ID: 'a', DOCMILL_OIDC_CLIENT_SECRET: 'Zq8' })).toEqual([
    'DOCMILL_OIDC_ISSUER',
  ]);
});
