import { DatabaseError } from 'pg';
import { expect, test } from 'vitest';
import { toDatabaseError } from '#db/database-error.ts';
import { isAppError } from '#kernel/app-error.ts';
import { violations } from '#test/schema/violations.ts';
import { constraintErrors } from './constraint-messages.ts';

function refusalOf(constraint: string): DatabaseError {
  const error = new DatabaseError('refused', 0, 'error');
  return Object.assign(error, { code: '23514', constraint });
}

test('every rule that has a sentence of its own is a rule of the schema', () => {
  const unknown = Object.keys(constraintErrors).filter(
    // That a value is missing is no named rule of PostgreSQL 15; its name is made of table and column.
    (name) => !(name in violations) && !name.endsWith('_not_null'),
  );
  expect(unknown).toEqual([]);
});

test.each(Object.keys(constraintErrors))(
  'a broken %s becomes a sentence, without the name',
  (name) => {
    const error = toDatabaseError(refusalOf(name), constraintErrors);
    expect(isAppError(error) && error.code).not.toBe('db.constraint');
    expect(String(error)).not.toContain(name);
  },
);

test.each(Object.keys(constraintErrors))('the answer to a broken %s names the field', (name) => {
  const error = toDatabaseError(refusalOf(name), constraintErrors);
  expect(isAppError(error) && error.details).toMatchObject({
    field: expect.stringMatching(/^[a-z][A-Za-z]*$/),
  });
});
