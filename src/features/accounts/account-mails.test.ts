import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { request as httpRequest } from 'node:http';
import {
  type AccountSite,
  type Person,
  cookieOf,
  openAccountSite,
  refusalOf,
  sitePassword,
} from '#test/support/account-site.ts';
import { mailTo, readMails, tokenIn } from '#test/support/mail-folder.ts';
import { type TestParts, openParts } from '#test/support/start-app.ts';

const password = 'another horse battery';

let parts: TestParts;
let site: AccountSite;
let folder: string;
let person: Person;
beforeAll(async () => {
  parts = await openParts();
  site = await openAccountSite(parts, { signUp: 'open' });
  folder = path.join(parts.folder, 'mail');
  await site.newPerson('admin');
});
afterAll(async () => {
  await site.app.close();
  await parts.close();
});
beforeEach(async () => {
  person = await site.newPerson();
});

async function mailsTo(address: string): Promise<number> {
  await site.app.background.settle();
  return (await readMails(folder)).filter((mail) => mail.includes(`\nTo: ${address}\n`)).length;
}

async function signInStatus(email: string, secret: string): Promise<number> {
  return (await site.post('/v1/auth/sign-in', { email, password: secret })).status;
}

/** What an answer shows, without what differs from request to request. */
async function shown(response: Response): Promise<unknown> {
  const headers = [...response.headers.keys()].toSorted();
  return { status: response.status, headers, body: await response.json() };
}

describe('a new password', () => {
  const ask = (email: string) => site.post('/v1/auth/reset-request', { email });
  const reset = (token: string, wish = password) =>
    site.post('/v1/auth/reset', { token, password: wish });

  test('is set by the link of a mail, once, and ends every session', async () => {
    const cookie = await site.signIn(person);
    await ask(person.email.toUpperCase());
    await site.app.background.settle();
    const mail = (await readMails(folder)).at(-1) ?? '';
    expect(mail).toMatch(/^https:\/\/docs\.example\.test\/reset#token=[\w-]{43}$/m);
    const token = tokenIn(mail);
    expect(await refusalOf(await reset(token, 'short'))).toEqual([422, 'auth.password_weak']);
    expect((await reset(token)).status).toBe(204);
    expect((await site.get('/v1/account', cookie)).status).toBe(401);
    expect(await signInStatus(person.email, sitePassword)).toBe(401);
    expect(await signInStatus(person.email, password)).toBe(200);
    expect(await refusalOf(await reset(token))).toEqual([410, 'auth.link_invalid']);
    expect(await mailTo(folder, person.email)).toContain('Your password was changed');
  });

  test('the answer does not tell who has an account, and strangers get no mail', async () => {
    const answers = [await shown(await ask(person.email)), await shown(await ask('who@x.example'))];
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({ status: 202 });
    expect(await mailsTo('who@x.example')).toBe(0);
    expect(await mailsTo(person.email)).toBe(1);
  });

  test('a newer link ends the older, and none outlives its hour', async () => {
    await ask(person.email);
    const older = tokenIn(await mailTo(folder, person.email));
    await ask(person.email);
    await site.app.background.settle();
    const newer = tokenIn((await readMails(folder)).at(-1) ?? '');
    expect(newer).not.toBe(older);
    expect((await reset(older)).status).toBe(410);
    await parts.database.sql`
      update account_tokens set created_at = now() - interval '2 hours', expires_at = now() - interval '1 second'
      where user_id = ${person.id}`;
    expect((await reset(newer)).status).toBe(410);
  });

  test('the host that a request names is in no link', async () => {
    const { port } = new URL(site.app.url);
    const body = JSON.stringify({ email: person.email });
    const status = await new Promise((resolve, reject) => {
      const sent = httpRequest({
        host: '127.0.0.1',
        port,
        method: 'POST',
        path: '/v1/auth/reset-request',
        headers: {
          host: `localhost:${port}`,
          'x-forwarded-host': 'evil.example',
          forwarded: 'host=evil.example',
          'content-type': 'application/json',
        },
      });
      sent.on('response', (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sent.on('error', reject).end(body);
    });
    expect(status).toBe(202);
    await site.app.background.settle();
    const mail = (await readMails(folder)).at(-1) ?? '';
    expect(mail).toContain('https://docs.example.test/');
    expect(mail).not.toMatch(/evil|localhost:/);
  });

  test('tokens stand in no row', async () => {
    await ask(person.email);
    const token = tokenIn(await mailTo(folder, person.email));
    const rows = await parts.database.sql`
      select t::text as line from account_tokens t union all select a::text from audit_logs a`;
    expect(rows.length).toBeGreaterThan(1);
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});

describe('signing up', () => {
  const wish = (email: string) => ({ email, password, firstName: 'Ada' });

  test('takes a proof of the address before the account can be used', async () => {
    const email = 'new@example.org';
    expect((await site.post('/v1/auth/sign-up', wish(email))).status).toBe(202);
    const token = tokenIn(await mailTo(folder, email));
    expect(await signInStatus(email, password)).toBe(403);
    const prove = () => site.post('/v1/auth/verify-email', { token });
    expect((await prove()).status).toBe(204);
    expect((await prove()).status).toBe(410);
    const response = await site.post('/v1/auth/sign-in', { email, password });
    const account: unknown = await (await site.get('/v1/account', cookieOf(response))).json();
    expect(account).toMatchObject({ email, emailVerified: true, role: 'teacher', name: 'Ada' });
  });

  test('with an address that has an account is answered the same, and its owner is told by mail', async () => {
    const answers = [
      await shown(await site.post('/v1/auth/sign-up', wish(person.email))),
      await shown(await site.post('/v1/auth/sign-up', wish('newer@example.org'))),
    ];
    expect(answers[0]).toEqual(answers[1]);
    expect(await mailTo(folder, person.email)).toContain('You have an account already');
    expect(await signInStatus(person.email, password)).toBe(401);
    expect(await signInStatus(person.email, sitePassword)).toBe(200);
  });

  test('nobody gives themselves a role', async () => {
    const email = 'eve@example.org';
    const eve = { ...wish(email), role: 'admin', status: 'active', emailVerifiedAt: new Date() };
    await site.post('/v1/auth/sign-up', eve);
    await site.app.background.settle();
    const rows = await parts.database.sql`
      select role, email_verified_at from users where email = ${email}`;
    expect(rows).toEqual([{ role: 'teacher', emailVerifiedAt: null }]);
  });

  test('by invitation makes an account with its address and role at once, by one link once', async () => {
    const closed = await openAccountSite(parts);
    const admin = await closed.newPerson('admin');
    const email = 'invited@example.org';
    const invite = await closed.post(
      '/v1/invitations',
      { email, role: 'reviewer' },
      await closed.signIn(admin),
    );
    const { token } = z.looseObject({ token: z.string() }).parse(await invite.json());
    const accept = () => closed.post('/v1/auth/sign-up', { invitation: token, password });
    const answers = await Promise.all([accept(), accept()]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410]);
    const won = answers.find(({ ok }) => ok);
    expect(await won?.json()).toMatchObject({ email, role: 'reviewer', emailVerified: true });
    expect(cookieOf(won ?? Response.error())).toMatch(/^docmill=/);
    expect((await accept()).status).toBe(410);
    await closed.app.close();
  });

  test('is closed unless the settings open it', async () => {
    const closed = await openAccountSite(parts);
    const response = await closed.post('/v1/auth/sign-up', wish('late@example.org'));
    expect(await refusalOf(response)).toEqual([403, 'auth.sign_up_closed']);
    await closed.app.close();
  });
});

describe('another address', () => {
  test('is theirs when the link that was sent to it is opened', async () => {
    const cookie = await site.signIn(person);
    const email = `other-${person.email}`;
    const patched = await site.send('PATCH', '/v1/account', { email }, cookie);
    expect(await patched.json()).toMatchObject({ email: person.email });
    const token = tokenIn(await mailTo(folder, email));
    expect((await site.post('/v1/auth/verify-email', { token })).status).toBe(204);
    expect(await (await site.get('/v1/account', cookie)).json()).toMatchObject({ email });
  });

  test('of somebody else is answered the same and changes nothing', async () => {
    const other = await site.newPerson();
    const cookie = await site.signIn(person);
    const wished = { email: other.email };
    expect((await site.send('PATCH', '/v1/account', wished, cookie)).status).toBe(200);
    expect(await mailsTo(other.email)).toBe(0);
  });
});
