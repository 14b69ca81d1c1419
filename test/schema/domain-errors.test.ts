import type { Client } from 'pg';
import { expect, test } from 'vitest';

import { toDatabaseError } from '#db/database-error.ts';
import { AppError } from '#kernel/app-error.ts';
import { constraintErrors } from '../../src/constraint-messages.ts';
import { useFilledSchema } from './filled-schema.ts';
import { rows } from './one-of-each.ts';
import { reviewViolations } from './review-violations.ts';
import { violations } from './violations.ts';

let client: Client;
useFilledSchema((opened) => (client = opened));

async function errorOf(statement: string): Promise<unknown> {
  const refusal: unknown = await client.query(statement).catch((error: unknown) => error);
  return toDatabaseError(refusal, constraintErrors);
}

/** Zones, revisions, results, review, exports, usage, idempotency, webhooks. */
const zoneRules = Object.entries(violations).filter(([rule]) => rule.startsWith('zones_'));

test.each([...zoneRules, ...Object.entries(reviewViolations)])(
  'breaking %s is told in words of its own and names the field',
  async (rule, [statement = '']) => {
    const error = await errorOf(statement);
    expect(error, rule).toBeInstanceOf(AppError);
    expect(error).toMatchObject({
      code: expect.stringMatching(/^(?!db\.)/),
      message: expect.stringMatching(/^[A-Z].*\.$/),
      details: { field: expect.stringMatching(/^[a-z]/) },
    });
  },
);

test.each([
  ['zones', 'status', `update zones set status = 'pending' where id = '${rows.zone}'`],
  ['hitl_tasks', 'status', `update hitl_tasks set status = 'in_progress'`],
  ['blobs', 'state', `update blobs set state = 'pending' where id = '${rows.blob}'`],
])('a status of %s that cannot move so is refused by name', async (table, field, statement) => {
  expect(await errorOf(statement)).toMatchObject({
    code: 'db.transition_refused',
    details: { table, field },
  });
});
