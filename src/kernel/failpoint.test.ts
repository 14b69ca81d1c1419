import { afterEach, expect, test } from 'vitest';
import { type Failpoint, armFailpoints, failpoint } from './failpoint.ts';

afterEach(() => armFailpoints());

test('a point that nobody has armed does nothing, and an armed one says its name', () => {
  const reached: Failpoint[] = [];
  failpoint('queue.claimed');
  armFailpoints((name) => reached.push(name));
  failpoint('queue.stage_done');
  armFailpoints();
  failpoint('queue.effect_stored');
  expect(reached).toEqual(['queue.stage_done']);
});
