import { describe, expect, test } from 'vitest';
import type { Mailer } from '#features/mail/index.ts';

export interface MailerSite {
  mailer: Mailer;
  /** Mails as they arrived, oldest first: the whole text, decoded where it was encoded. */
  readonly arrived: () => Promise<string[]>;
}

/** What every mailer does. */
export function mailerSuite(site: () => MailerSite): void {
  describe('a mailer', () => {
    test('hands over address, subject and text, links whole', async () => {
      const { mailer, arrived } = site();
      const link = `https://docs.example.test/reset#token=${'x'.repeat(120)}=`;
      const text = `Grüße,\n\n${link}\n\nthe end.`;
      await mailer.send({ to: 'ada@example.org', subject: 'A new password', text });
      const mail = (await arrived()).at(-1) ?? '';
      expect(mail).toMatch(/^To: <?ada@example\.org>?$/m);
      expect(mail).toMatch(/^Subject: A new password$/m);
      expect(mail).toMatch(/^From: Docmill <docmill@example\.org>$/m);
      expect(mail).toContain(link);
      expect(mail).toContain('Grüße');
    });

    test('lets nobody add a header', async () => {
      const { mailer, arrived } = site();
      const subject = 'Hello\r\nBcc: eve@example.org';
      await mailer.send({ to: 'ada@example.org', subject, text: 'x' }).catch(() => undefined);
      expect((await arrived()).join('\n')).not.toMatch(/^Bcc:/im);
    });
  });
}
