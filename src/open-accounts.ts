import type { Database } from '#db/database.ts';
import type { AccountDeps } from '#features/accounts/index.ts';
import { BackgroundWork, sessionCookie, visitCookie } from '#features/accounts/index.ts';
import type { Logger } from '#kernel/logger.ts';
import { createOutgoingFetch } from '#outgoing/outgoing-fetch.ts';
import type { Outgoing } from '#outgoing/outgoing.ts';
import type { Config } from './config.ts';
import { openMailer } from './open-mailer.ts';
import { openProviders } from './open-providers.ts';

export interface Accounts extends AccountDeps {
  signInMode: Config['DOCMILL_SIGN_IN'];
  /** Where the server listens, known only when it does: for links where no public address is set. */
  listensAt(address: string): void;
}

/** What accounts are made of, as the settings say. Stop `background` before the database is closed. */
export function openAccounts(
  config: Config,
  parts: { database: Database; logger: Logger; outgoing: Outgoing },
): Accounts {
  let publicUrl = config.DOCMILL_PUBLIC_URL ?? '';
  return {
    database: parts.database,
    cookie: sessionCookie(config.DOCMILL_PUBLIC_URL),
    sessionMs: config.sessionMs,
    signInMode: config.DOCMILL_SIGN_IN,
    signUp: config.DOCMILL_SIGN_UP,
    mailer: openMailer(config),
    providers: openProviders(config, createOutgoingFetch(parts.outgoing)),
    visitCookie: visitCookie(config.DOCMILL_PUBLIC_URL),
    background: new BackgroundWork(parts.logger),
    publicUrl: () => publicUrl,
    listensAt(address) {
      // What listens everywhere is reached at loopback by whoever sees this.
      publicUrl =
        config.DOCMILL_PUBLIC_URL ?? address.replace(/\/\/(?:0\.0\.0\.0|\[::\])/, '//127.0.0.1');
    },
  };
}
