import type { Client } from 'pg';
import { expect, test } from 'vitest';

import { toDatabaseError } from '#db/database-error.ts';

import { constraintErrors } from '../../src/constraint-messages.ts';
import { journalViolations } from './journal-violations.ts';
import { useFilledSchema } from './filled-schema.ts';

let client: Client;
useFilledSchema((opened) => (client = opened));

// Of journal entries, timetables, blocks and imports no rule may reach a user under PostgreSQL's name for it.
test.each(
  Object.entries(journalViolations).flatMap(([rule, statements]) =>
    statements.slice(0, 1).map((statement): [string, string] => [rule, statement]),
  ),
)('%s has an error of its own that names the field', async (_, statement) => {
  const refusal: unknown = await client.query(statement).catch((error: unknown) => error);
  expect(toDatabaseError(refusal, constraintErrors)).toMatchObject({
    name: 'AppError',
    code: expect.not.stringMatching(/^db\./),
    message: expect.stringMatching(/^[A-Z].*\.$/s),
    details: { field: expect.stringMatching(/^[a-z]/) },
  });
});
