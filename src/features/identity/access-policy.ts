import type { DocumentId, UserId } from '#kernel/ids.ts';

import type { Actor } from './actor.ts';

/** The most that somebody may do with a document, as the SQL function document_permission says; null for nothing. */
export type Permission = 'owner' | 'edit' | 'review' | 'comment' | 'view';

/** What can be done with a document. */
export type DocumentAction =
  /** See it, its pages and its versions, and download it. */
  | 'read'
  /** Write comments. */
  | 'comment'
  /** Correct what was read of it. */
  | 'correct'
  /** Change its title and metadata, and upload the next version. */
  | 'edit'
  /** Move it, share it, trash it, delete it. */
  | 'manage';

const grantedActions: Readonly<Record<Permission, readonly DocumentAction[]>> = {
  view: ['read'],
  comment: ['read', 'comment'],
  review: ['read', 'comment', 'correct'],
  edit: ['read', 'comment', 'correct', 'edit'],
  owner: ['read', 'comment', 'correct', 'edit', 'manage'],
};

/**
 * The one place that decides whether an actor may do something with a document. The role of a user does not open
 * the documents of others: an admin runs the server, and sees what is shared with them.
 */
export function allowed(
  actor: Actor,
  action: DocumentAction,
  document: { ownerId: UserId; permission: Permission | null },
): boolean {
  // A link is held by whoever was sent it: it shows and lets comment or edit, and never manages.
  const permission =
    actor.kind !== 'link' && document.ownerId === actor.userId ? 'owner' : document.permission;
  if (permission === null || (actor.kind === 'link' && permission === 'owner')) return false;
  return grantedActions[permission].includes(action);
}

/** The actor while they use a document that was found: their own needs no grant. */
export function reader(actor: Actor, document: { id: DocumentId; ownerId: UserId }): Actor {
  return document.ownerId === actor.userId ? actor : using(actor, document.id);
}

/** The actor while they use one document: shares and review tasks on it count for what they see. */
export function using(actor: Actor, documentId: DocumentId): Actor {
  return { ...actor, documentId };
}
