import type { Browser, Page } from 'playwright-core';
import type { TestServer } from '#test/support/start-server.ts';

export interface Credentials {
  email: string;
  password: string;
}

export const admin: Credentials = { email: 'ada@example.org', password: 'three quiet herons' };

/** The way of the link that the server printed for the first admin. */
export function firstAdminPath(server: TestServer): string {
  const path = /\/first-admin#token=\S+/.exec(server.log())?.[0];
  if (path === undefined) throw new Error(`no link was printed:\n${server.log()}`);
  return path;
}

/** Makes the first admin without a browser. */
export async function makeFirstAdmin(server: TestServer): Promise<void> {
  const token = firstAdminPath(server).split('=')[1];
  const answer = await fetch(`${server.url}/v1/auth/first-admin`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...admin, token, firstName: 'Ada', lastName: 'Rook' }),
  });
  if (!answer.ok) throw new Error(`no first admin: ${answer.status} ${await answer.text()}`);
}

/** Fills in the page for signing in, which must be open or about to open. */
export async function fillSignIn(page: Page, { email, password }: Credentials): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** A page of a browser that shares nothing with the others, as another person has; `end` closes it. */
export async function openVisitor(page: Page): Promise<{ page: Page; end(): Promise<void> }> {
  const browser: Browser | null = page.context().browser();
  if (browser === null) throw new Error('the page has no browser');
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const visitor = await context.newPage();
  visitor.setDefaultTimeout(20_000);
  return { page: visitor, end: () => context.close() };
}
