import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { eventually } from './eventually.ts';

/** Mails of a folder, oldest first; none while there is no folder. One that is still being written has a dot before it. */
export async function readMails(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const mails = names.filter((name) => /^[^.].*\.eml$/.test(name)).toSorted();
  return Promise.all(mails.map((name) => readFile(path.join(folder, name), 'utf8')));
}

/** The newest mail to an address, waited for. */
export async function mailTo(folder: string, address: string): Promise<string> {
  return eventually(`a mail to ${address}`, async () =>
    (await readMails(folder)).findLast((mail) => mail.includes(`\nTo: ${address}\n`)),
  );
}

/** The token of the link in a mail. */
export function tokenIn(mail: string): string {
  return /#token=(\S+)/.exec(mail)?.[1] ?? '';
}
