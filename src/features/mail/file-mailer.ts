import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#kernel/app-error.ts';
import type { Mailer } from './mailer.ts';

/**
 * Puts each mail into a folder as a file that any mail program opens: for a server without SMTP. The files hold links
 * that sign people in, so only the user of the server can read them.
 */
export function createFileMailer(options: { folder: string; from: string }): Mailer {
  return {
    async send({ to, subject, text }) {
      const now = new Date();
      const name = `${now.toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}.eml`;
      const lines = [
        `Date: ${now.toUTCString().replace('GMT', '+0000')}`,
        `From: ${options.from}`,
        `To: ${oneLine(to)}`,
        `Subject: ${oneLine(subject)}`,
        'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: 8bit',
        '',
        text,
        '',
      ];
      try {
        await mkdir(options.folder, { recursive: true, mode: 0o700 });
        // Whoever waits for the file never sees half of it.
        const temporary = path.join(options.folder, `.${name}`);
        await writeFile(temporary, lines.join('\n'), { mode: 0o600 });
        await rename(temporary, path.join(options.folder, name));
      } catch (cause) {
        throw new AppError('mail.failed', 'The mail could not be written into its folder.', {
          cause,
        });
      }
    },
    close: () => undefined,
  };
}

/** A line break would begin another header. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\0]+/g, ' ');
}
