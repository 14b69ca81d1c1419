/** A publisher in a process of its own that says every event to its parent; for tests that kill it. */
import { createDatabase } from '#db/create-database.ts';
import { systemActor } from '#features/identity/index.ts';
import { silentLogger } from '#kernel/logger.ts';
import { OutboxPublisher } from '#queue/outbox-publisher.ts';

const database = createDatabase({
  url: process.argv[2] ?? '',
  defaultActor: systemActor,
  logger: silentLogger,
});

const say = (text: string): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(text, () => resolve());
  });

const publisher = new OutboxPublisher({
  database,
  handlers: {
    async news({ key, payload }) {
      const number =
        typeof payload === 'object' && payload !== null && 'n' in payload ? payload.n : 0;
      await say(`${key} ${String(number)}`);
    },
  },
  logger: silentLogger,
});
while ((await publisher.tick('news')) > 0);
await database.close();
process.disconnect();
