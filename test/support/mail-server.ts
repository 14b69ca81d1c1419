import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';

/** An SMTP server on a free port of 127.0.0.1 that keeps what it is sent. */
export interface MailServer {
  port: number;
  /** Mails with their headers, the body as plain text, oldest first. */
  mails: string[];
  /** Names of those who signed in. */
  users: string[];
  close(): Promise<void>;
}

export async function openMailServer(): Promise<MailServer> {
  const mails: string[] = [];
  const users: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    onAuth({ username }, _session, done) {
      users.push(username ?? '');
      done(null, { user: username });
    },
    onData(stream, _session, done) {
      let raw = '';
      stream.setEncoding('utf8').on('data', (piece: string) => (raw += piece));
      stream.on('end', () => {
        mails.push(decoded(raw));
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    port,
    mails,
    users,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Headers as they are, the body without its quoted-printable or base64 form. */
function decoded(raw: string): string {
  const end = raw.indexOf('\r\n\r\n');
  const head = raw.slice(0, end);
  const body = raw.slice(end + 4);
  const plain = /^content-transfer-encoding: base64/im.test(head)
    ? Buffer.from(body, 'base64').toString('utf8')
    : /^content-transfer-encoding: quoted-printable/im.test(head)
      ? unquote(body)
      : body;
  return `${head}\n\n${plain}`.replaceAll('\r\n', '\n');
}

function unquote(body: string): string {
  const bytes = body
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
