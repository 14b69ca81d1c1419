/** A sender of webhooks in a process of its own, for tests that kill it. Arguments: database, key of secrets in Base64. */
import { createDatabase } from '#db/create-database.ts';
import { systemActor } from '#features/identity/index.ts';
import { WebhookSender } from '#features/webhooks/index.ts';
import { silentLogger } from '#kernel/logger.ts';
import { createSecretBox } from '#kernel/secret-box.ts';
import { createOutgoing } from '#outgoing/outgoing.ts';

const logger = silentLogger;
const database = createDatabase({
  url: process.argv[2] ?? '',
  defaultActor: systemActor,
  logger,
});
const sender = new WebhookSender({
  database,
  logger,
  box: createSecretBox(Buffer.from(process.argv[3] ?? '', 'base64')),
  outgoing: createOutgoing({ allow: ['127.0.0.1'] }),
  version: 'test',
});
await sender.tick();
await sender.idle();
await database.close();
