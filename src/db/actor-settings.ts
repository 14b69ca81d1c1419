import { systemUserId } from '#kernel/system-user.ts';

import type { DatabaseActor } from './database.ts';

/** Role that work of no single owner takes on; see migration V002. */
const workerRole = 'docmill_worker';

/** Who acts and why, as triggers and row policies read it. Local to one transaction, so that no pooler can leak it. */
export const actorSettingNames = [
  'app.actor_id',
  'app.actor_kind',
  'app.link_hash',
  'app.document_id',
  'app.request_id',
  'app.reason',
  'app.ip',
  'app.user_agent',
] as const;

export interface ActorSettings {
  /** In the order of `actorSettingNames`; what is not known is empty. */
  readonly values: readonly string[];
  /** A role to take on for the transaction; undefined for the one that connected. */
  readonly role: string | undefined;
}

/** Long enough for any browser, short enough for a log. */
const longestText = 500;

/** What is told to the server of an actor. */
export function actorSettings(actor: DatabaseActor, reason?: string): ActorSettings {
  return {
    values: [
      actor.userId,
      actor.kind,
      actor.linkHash ?? '',
      actor.documentId ?? '',
      plainText(actor.requestId),
      plainText(reason),
      plainText(actor.ip),
      plainText(actor.userAgent),
    ],
    role: actor.userId === systemUserId && actor.kind === 'system' ? workerRole : undefined,
  };
}

/** Headers of a request end up here: what the server would refuse must not fail the statement. */
function plainText(text: string | undefined): string {
  return (text ?? '').toWellFormed().replaceAll('\0', '').slice(0, longestText);
}
