import path from 'node:path';
import type { Mailer } from '#features/mail/index.ts';
import { createFileMailer, createSmtpMailer } from '#features/mail/index.ts';
import type { Config } from './config.ts';

/** The mail server that is configured, or files in the data folder. */
export function openMailer(config: Config): Mailer {
  const from = config.DOCMILL_MAIL_FROM;
  const url = config.DOCMILL_SMTP_URL;
  return url === undefined
    ? createFileMailer({ folder: path.join(config.dataDir, 'mail'), from })
    : createSmtpMailer({ url, from });
}
