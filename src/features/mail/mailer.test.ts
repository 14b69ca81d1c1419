import { once } from 'node:events';
import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mailerSuite } from '#test/conformance/mailer-suite.ts';
import { type MailServer, openMailServer } from '#test/support/mail-server.ts';
import { createFileMailer } from './file-mailer.ts';
import type { Mailer } from './mailer.ts';
import { createSmtpMailer } from './smtp-mailer.ts';

const from = 'Docmill <docmill@example.org>';
const mail = { to: 'ada@example.org', subject: 'x', text: 'x' };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docmill-mail-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('files', () => {
  let mailer: Mailer;
  beforeAll(() => {
    mailer = createFileMailer({ folder: path.join(folder, 'mail'), from });
  });
  const files = async (): Promise<string[]> =>
    (await readdir(path.join(folder, 'mail'))).map((name) => path.join(folder, 'mail', name));

  mailerSuite(() => ({
    mailer,
    arrived: async () =>
      Promise.all((await files()).toSorted().map((file) => readFile(file, 'utf8'))),
  }));

  test('are readable by the user of the server alone', async () => {
    await mailer.send(mail);
    const modes = await Promise.all((await files()).map(async (file) => (await stat(file)).mode));
    expect(modes.map((mode) => (mode & 0o077).toString(8))).toEqual(modes.map(() => '0'));
  });

  test('a folder that cannot be written is told', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    await chmod(file, 0o400);
    const blocked = createFileMailer({ folder: path.join(file, 'mail'), from });
    await expect(blocked.send(mail)).rejects.toMatchObject({ code: 'mail.failed' });
  });
});

describe('SMTP', () => {
  let server: MailServer;
  let mailer: Mailer;
  beforeAll(async () => {
    server = await openMailServer();
    mailer = createSmtpMailer({ url: `smtp://127.0.0.1:${server.port}`, from });
  });
  afterAll(async () => {
    mailer.close();
    await server.close();
  });

  mailerSuite(() => ({
    mailer,
    arrived: () => Promise.resolve(server.mails),
  }));

  test('with a password an unencrypted connection is not used', async () => {
    const bare = new SMTPServer({ disabledCommands: ['STARTTLS'], authOptional: true });
    bare.listen(0, '127.0.0.1');
    await once(bare.server, 'listening');
    const address = bare.server.address();
    const barePort = address !== null && typeof address === 'object' ? address.port : 0;
    const strict = createSmtpMailer({ url: `smtp://u:geheim@127.0.0.1:${barePort}`, from });
    const failure: unknown = await strict.send(mail).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'mail.failed' });
    expect(String(failure)).not.toContain('geheim');
    expect(server.users).toEqual([]);
    strict.close();
    await new Promise<void>((resolve) => bare.close(() => resolve()));
  });

  test('a server that is not there is told, without the password', async () => {
    const absent = createSmtpMailer({ url: 'smtp://u:geheim@127.0.0.1:1', from });
    const failure: unknown = await absent.send(mail).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'mail.failed' });
    expect(JSON.stringify(failure)).not.toContain('geheim');
  });
});
