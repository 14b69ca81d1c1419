import { z } from 'zod';
import { hashPassword, sessionCookie, sessionWay } from '#features/accounts/index.ts';
import { keyWay } from '#http/authenticate-key.ts';
import { nobody } from '#http/authenticate.ts';
import type { RouteDeps } from '#http/server.ts';
import { tryWays } from '#http/ways-in.ts';
import type { UserId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { type TestApp, type TestParts, startApp } from './start-app.ts';

/** A person with an account and the password `sitePassword`. */
export interface Person {
  id: UserId;
  email: string;
}

export const sitePassword = 'correct horse battery';

const problemSchema = z.looseObject({ code: z.string() });

/** The HTTP edge where people sign in, and a little browser for it. */
export interface AccountSite {
  app: TestApp;
  newPerson(role?: 'teacher' | 'reviewer' | 'admin'): Promise<Person>;
  /** Resolves to the cookie, as a browser sends it. */
  signIn(person: Person): Promise<string>;
  send(method: string, route: string, body?: unknown, cookie?: string): Promise<Response>;
  post(route: string, body: unknown, cookie?: string): Promise<Response>;
  get(route: string, cookie?: string): Promise<Response>;
}

export async function openAccountSite(
  parts: TestParts,
  changes: Partial<RouteDeps> = {},
): Promise<AccountSite> {
  const { database } = parts;
  const sessions = { database, cookie: sessionCookie(undefined), sessionMs: 86_400_000 };
  const ways = tryWays([sessionWay(sessions), keyWay(database)], nobody);
  const app = await startApp(parts, changes, undefined, ways);
  const passwordHash = await hashPassword(sitePassword);
  const send: AccountSite['send'] = (method, route, body, cookie = '') =>
    fetch(`${app.url}${route}`, {
      method,
      redirect: 'manual',
      headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return {
    app,
    send,
    post: (route, body, cookie) => send('POST', route, body, cookie),
    get: (route, cookie) => send('GET', route, undefined, cookie),
    async newPerson(role = 'teacher') {
      const id = newId<UserId>();
      const email = `${id}@example.org`;
      await database.sql`
        insert into users (id, email, email_verified_at, role) values (${id}, ${email}, now(), ${role})`;
      await database.sql`
        insert into user_passwords (user_id, password_hash) values (${id}, ${passwordHash})`;
      return { id, email };
    },
    async signIn({ email }) {
      const response = await send('POST', '/v1/auth/sign-in', { email, password: sitePassword });
      if (response.status !== 200) throw new Error(`signing in was answered ${response.status}`);
      return cookieOf(response);
    },
  };
}

/** Name and value of the cookie that an answer sets; empty for none. */
export function cookieOf(response: Response): string {
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** Status and code of a refusal. */
export async function refusalOf(response: Response): Promise<[number, string]> {
  return [response.status, problemSchema.parse(await response.json()).code];
}
