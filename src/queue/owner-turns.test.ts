import { expect, test } from 'vitest';
import { type UserId, newId } from '#kernel/ids.ts';
import { OwnerTurns } from './owner-turns.ts';

const [anna, bert] = [newId<UserId>(), newId<UserId>()];

function items(owner: UserId, count: number, queue = 'ocr') {
  return Array.from({ length: count }, () => ({ queue, ownerId: owner }));
}

function turnsOf(turns: OwnerTurns, queue = 'ocr'): Map<UserId, number> {
  const { owners, values } = turns.table([queue]);
  return new Map(owners.map((owner, index) => [owner, values[index] ?? 0]));
}

test('every item moves the turn of its owner on by one', () => {
  const turns = new OwnerTurns();
  turns.note([...items(anna, 3), ...items(bert, 1)]);
  const found = turnsOf(turns);
  expect((found.get(anna) ?? 0) - (found.get(bert) ?? 0)).toBe(2);
});

test('an owner that comes late enters ahead of a busy one, but not by everything that one was given', () => {
  const turns = new OwnerTurns();
  for (let claim = 0; claim < 50; claim++) turns.note(items(anna, 100));
  const behind = (turnsOf(turns).get(anna) ?? 0) - turns.entry('ocr');
  expect(behind).toBeGreaterThan(0);
  expect(behind).toBeLessThanOrEqual(200);
});

test('who stays away saves up nothing and is forgotten', () => {
  const turns = new OwnerTurns();
  turns.note(items(bert, 1));
  for (let claim = 0; claim < 300; claim++) turns.note(items(anna, 1));
  expect([...turnsOf(turns).keys()]).toEqual([anna]);
});

test('each queue has turns of its own', () => {
  const turns = new OwnerTurns();
  turns.note(items(anna, 5, 'classify'));
  expect(turns.table(['ocr']).owners).toEqual([]);
  expect(turns.table(['ocr', 'classify']).queues).toEqual(['classify']);
});
