import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createSmtpMailer } from '#features/mail/index.ts';
import {
  type AccountSite,
  type Person,
  openAccountSite,
  refusalOf,
} from '#test/support/account-site.ts';
import { mailTo, readMails, tokenIn } from '#test/support/mail-folder.ts';
import { type MailServer, openMailServer } from '#test/support/mail-server.ts';
import { type TestParts, openParts } from '#test/support/start-app.ts';

const password = 'another horse battery';
const madeSchema = z.object({
  invitation: z.looseObject({ email: z.string() }),
  token: z.string(),
});

let parts: TestParts;
let site: AccountSite;
let folder: string;
let admin: Person;
let cookie: string;
beforeAll(async () => {
  parts = await openParts();
  site = await openAccountSite(parts);
  folder = path.join(parts.folder, 'mail');
  admin = await site.newPerson('admin');
  cookie = await site.signIn(admin);
});
afterAll(async () => {
  await site.app.close();
  await parts.close();
});

const invite = (email: string, from = site, as = cookie) =>
  from.post('/v1/invitations', { email, role: 'reviewer' }, as);
const made = async (response: Response) => madeSchema.parse(await response.json());

async function mailsTo(address: string): Promise<string[]> {
  await site.app.background.settle();
  return (await readMails(folder)).filter((mail) => mail.includes(`\nTo: ${address}\n`));
}

describe('an invitation', () => {
  let person: Person;
  beforeEach(async () => {
    person = await site.newPerson();
  });

  test('is sent by mail, with the link by which the account is made', async () => {
    const email = 'invited@example.org';
    const { token } = await made(await invite(email));
    const mail = await mailTo(folder, email);
    expect(mail).toContain(`\nhttps://docs.example.test/sign-up#token=${token}\n`);
    const wish = { invitation: tokenIn(mail), password };
    const signedUp = await site.post('/v1/auth/sign-up', wish);
    expect(await signedUp.json()).toMatchObject({ email, role: 'reviewer' });
    expect((await site.post('/v1/auth/sign-up', wish)).status).toBe(410);
  });

  test('of an address that has an account is answered the same, and its owner gets another mail', async () => {
    const answers = [await invite(person.email), await invite('nobody@example.org')];
    const shown = await Promise.all(
      answers.map(async (answer) => ({
        status: answer.status,
        headers: [...answer.headers.keys()].toSorted(),
        body: Object.keys((await made(answer.clone())).invitation),
      })),
    );
    expect(shown[0]).toEqual(shown[1]);
    expect(shown[0]).toMatchObject({ status: 201 });
    const [mail, ...others] = await mailsTo(person.email);
    expect(others).toEqual([]);
    expect(mail).toContain('\nhttps://docs.example.test/sign-in\n');
    expect(mail).not.toContain('token=');
    const { token } = await made(answers[0] ?? expect.fail('no answer'));
    const accepted = await site.post('/v1/auth/sign-up', { invitation: token, password });
    expect(await refusalOf(accepted)).toEqual([409, 'user.email_taken']);
  });

  test('tells a suspended account nothing', async () => {
    await parts.database.sql`update users set status = 'suspended' where id = ${person.id}`;
    expect((await invite(person.email)).status).toBe(201);
    expect(await mailsTo(person.email)).toEqual([]);
  });

  test('of somebody who may not invite sends nothing', async () => {
    const foreign = await site.signIn(person);
    expect((await invite('stranger@example.org', site, foreign)).status).toBe(404);
    expect(await mailsTo('stranger@example.org')).toEqual([]);
  });

  test('is answered as well when the mail cannot be sent', async () => {
    const mailer = createSmtpMailer({ url: 'smtp://127.0.0.1:1', from: 'docmill@example.test' });
    const mute = await openAccountSite(parts, { mailer });
    expect((await invite('lost@example.org', mute)).status).toBe(201);
    await mute.app.close();
    mailer.close();
  });
});

describe('through a mail server', () => {
  let server: MailServer;
  beforeAll(async () => {
    server = await openMailServer();
  });
  afterAll(() => server.close());

  test('an invitation arrives with its link', async () => {
    const mailer = createSmtpMailer({
      url: `smtp://127.0.0.1:${server.port}`,
      from: 'docmill@example.test',
    });
    const smtpSite = await openAccountSite(parts, { mailer });
    const { token } = await made(await invite('grace@example.org', smtpSite));
    await smtpSite.app.background.settle();
    expect(server.mails).toHaveLength(1);
    expect(server.mails[0]).toMatch(/^To: <?grace@example\.org>?$/m);
    expect(server.mails[0]).toContain(`\nhttps://docs.example.test/sign-up#token=${token}\n`);
    await smtpSite.app.close();
    mailer.close();
  });
});
