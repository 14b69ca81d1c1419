import type { Mailer } from '#features/mail/index.ts';
import type { BackgroundWork } from './background-work.ts';
import type { HostCookie } from './session-cookie.ts';
import type { SessionDeps } from './session-way.ts';
import type { SignInProvider } from './sign-in-provider.ts';

/** What making and mending accounts needs. */
export interface AccountDeps extends SessionDeps {
  mailer: Mailer;
  background: BackgroundWork;
  /** Address of this server as links in mails name it; from the configuration, never from a request. */
  publicUrl(): string;
  /** Other services by which people sign in here. */
  providers: readonly SignInProvider[];
  /** Keeps what a visit to one of them must bring back. */
  visitCookie: HostCookie;
  /** Who may sign up: everybody, or only who holds an invitation. */
  signUp: 'open' | 'invited';
}
