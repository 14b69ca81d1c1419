import { createTransport } from 'nodemailer';
import { AppError } from '#kernel/app-error.ts';
import type { Mailer } from './mailer.ts';

const timeoutMs = 20_000;

/**
 * Hands mails to an SMTP server: `smtps://user:password@host` for TLS from the start, `smtp://…:587` for STARTTLS, which
 * is required as soon as there is a password, so that none travels in clear.
 */
export function createSmtpMailer(options: { url: string; from: string }): Mailer {
  const url = new URL(options.url);
  const isSecure = url.protocol === 'smtps:';
  const auth =
    url.username === ''
      ? undefined
      : { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  const transport = createTransport({
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    secure: isSecure,
    requireTLS: auth !== undefined,
    ...(auth && { auth }),
    // A relay without a password often has a certificate that nobody signed; encrypted is better than in clear.
    tls: { rejectUnauthorized: auth !== undefined || isSecure },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // Nothing of a mail is read from a file or fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text }) {
      try {
        await transport.sendMail({
          from: options.from,
          to: { name: '', address: to },
          subject,
          text,
        });
      } catch (cause) {
        throw new AppError('mail.failed', `The mail server at ${url.host} did not take the mail.`, {
          cause,
        });
      }
    },
    close: () => transport.close(),
  };
}
