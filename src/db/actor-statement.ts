import {
  type ClientBase,
  type Connection,
  Query,
  type QueryArrayConfig,
  type QueryArrayResult,
} from 'pg';

import { type ActorSettings, actorSettingNames } from './actor-settings.ts';

/**
 * Sets everything and returns no row, so that its answer is one message to be skipped. `set_config` never
 * returns null for a value that is not null, so that every branch is evaluated.
 */
const setActor = `select where ${[...actorSettingNames]
  .map((name, index) => `set_config('${name}', $${index + 1}, true) is null`)
  .join(' or ')}`;
const setActorAndRole = `${setActor} or set_config('role', $${actorSettingNames.length + 1}, true) is null`;

interface Prelude {
  name: string | undefined;
  text: string;
  values: string[];
}

function preludeOf(settings: ActorSettings, prepare: boolean): Prelude {
  const { values, role } = settings;
  if (role === undefined) {
    return { name: prepare ? 'dm_actor' : undefined, text: setActor, values: [...values] };
  }
  const name = prepare ? 'dm_actor_role' : undefined;
  return { name, text: setActorAndRole, values: [...values, role] };
}

/** Preludes that a connection has prepared, by name. */
const preparedOn = new WeakMap<ClientBase, Set<string>>();

/** The first use on a connection costs a round trip; it sets nothing, since it is a transaction of its own. */
async function prepareOn(client: ClientBase, prelude: Prelude): Promise<void> {
  if (prelude.name === undefined) return;
  const prepared = preparedOn.get(client) ?? new Set();
  preparedOn.set(client, prepared);
  if (prepared.has(prelude.name)) return;
  await client.query({ name: prelude.name, text: prelude.text, values: prelude.values });
  prepared.add(prelude.name);
}

function sendPrelude(connection: Connection, { name, text, values }: Prelude): void {
  if (name === undefined) connection.parse({ name: '', text, types: [] }, true);
  connection.bind({ statement: name ?? '', values }, true);
  connection.execute({}, true);
}

/**
 * Runs one statement as an actor in one round trip. Both statements are sent before the one Sync, which makes
 * them one transaction without begin and commit, so that what is set ends with it, also behind a pooler.
 * Throws what pg throws.
 */
export async function runAsActor(
  client: ClientBase,
  settings: ActorSettings,
  config: QueryArrayConfig<unknown[]>,
): Promise<QueryArrayResult<unknown[]>> {
  const prelude = preludeOf(settings, config.name !== undefined);
  await prepareOn(client, prelude);
  return new Promise((resolve, reject) => {
    // Extended also without values: the simple protocol cannot follow messages that wait for their Sync.
    const query = new Query<unknown[], unknown[]>(config, (error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
    const submit = query.submit.bind(query);
    query.submit = (connection) => {
      // One packet for both.
      connection.stream.cork();
      try {
        sendPrelude(connection, prelude);
        return submit(connection);
      } finally {
        connection.stream.uncork();
      }
    };
    Object.assign(query, {
      queryMode: 'extended',
      // pg calls it at the end of each statement. The first end is the prelude's: from then on it is pg's own again.
      handleCommandComplete: () => Reflect.deleteProperty(query, 'handleCommandComplete'),
    });
    client.query(query);
  });
}
