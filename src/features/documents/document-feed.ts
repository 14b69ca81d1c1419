import type { Database, Unlisten } from '#db/database.ts';
import { BurstGatherer } from '#kernel/burst-gatherer.ts';
import type { DocumentId, UserId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Service } from '#kernel/service.ts';
import type { Bell } from '#queue/bell.ts';
import type { OutboxHandler } from '#queue/outbox-publisher.ts';
import type { DocumentSnapshot } from './document-feed-repository.ts';
import { findDocumentSnapshots } from './document-feed-repository.ts';

/** Channel on which the ids of changed documents are rung. */
export const documentChannel = 'docmill_documents';

export interface DocumentSubscriber {
  owner: UserId;
  send(document: DocumentSnapshot): void;
}

/** Changes that follow a snapshot within this time are told together. */
const pauseMs = 50;

/** Hands snapshots of changed documents to whoever watches, as the outbox tells of them. */
export class DocumentFeed implements Service {
  readonly name = 'document-feed';
  readonly #database: Database;
  readonly #bell: Bell;
  readonly #logger: Logger;
  readonly #subscribers = new Set<DocumentSubscriber>();
  readonly #changes = new BurstGatherer<DocumentId>(pauseMs, (ids) => this.#tell(ids));
  #unlisten: Unlisten | undefined;

  constructor(database: Database, bell: Bell, logger: Logger) {
    this.#database = database;
    this.#bell = bell;
    this.#logger = logger;
  }

  async start(): Promise<void> {
    this.#unlisten ??= await this.#bell.listen((id) => {
      if (this.#subscribers.size > 0 && id !== '') this.#changes.note(asId<DocumentId>(id));
    });
  }

  async stop(): Promise<void> {
    await this.#unlisten?.();
    this.#unlisten = undefined;
    this.#subscribers.clear();
    await this.#changes.stop();
  }

  /** Returns how to end it. */
  subscribe(subscriber: DocumentSubscriber): () => void {
    this.#subscribers.add(subscriber);
    return () => {
      this.#subscribers.delete(subscriber);
    };
  }

  async #tell(ids: DocumentId[]): Promise<void> {
    try {
      for (const document of await findDocumentSnapshots(this.#database.sql, ids)) {
        for (const subscriber of this.#subscribers) {
          if (subscriber.owner === document.ownerId) subscriber.send(document);
        }
      }
    } catch (error) {
      this.#logger.warn({ error }, 'document_feed.read_failed');
    }
  }
}

/** Tells of `document.changed` in the outbox: rings the bell that the feeds of all processes hear. */
export function createDocumentTeller(bell: Bell): OutboxHandler {
  return async ({ key }) => bell.ring(key);
}
