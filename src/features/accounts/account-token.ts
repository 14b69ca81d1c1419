/** What a link that works once is for. */
export type TokenPurpose = 'first_admin' | 'verify_email' | 'reset_password';

const hour = 60 * 60_000;

/** How long a link works, in milliseconds. */
export const tokenLifeMs: Readonly<Record<TokenPurpose, number>> = {
  first_admin: 24 * hour,
  verify_email: 48 * hour,
  reset_password: hour,
};

/** Where the web application takes the token. After `#`, which browsers send to no server and put into no log. */
const tokenPages: Readonly<Record<TokenPurpose | 'invitation', string>> = {
  first_admin: '/first-admin',
  verify_email: '/verify-email',
  reset_password: '/reset',
  invitation: '/sign-up',
};

/** `publicUrl` is that of the configuration, never what a request says of itself. */
export function tokenLink(
  publicUrl: string,
  purpose: keyof typeof tokenPages,
  token: string,
): string {
  return `${pageLink(publicUrl, tokenPages[purpose])}#token=${token}`;
}

/** Link to a page of the web application, such as `/sign-in`. */
export function pageLink(publicUrl: string, page: string): string {
  return `${publicUrl.replace(/\/$/, '')}${page}`;
}
