import { expect, test } from 'vitest';
import { SlotQueue } from './slot-queue.ts';

test('slots are handed out lowest first, and a preferred one before others', async () => {
  const slots = new SlotQueue(3);
  expect(await slots.take({ prefers: (slot) => slot === 2 })).toBe(2);
  expect(await slots.take({ prefers: (slot) => slot === 2 })).toBe(0);
  expect(await slots.take()).toBe(1);
});

test('who waits is served in order', async () => {
  const slots = new SlotQueue(1);
  const order: string[] = [];
  const slot = await slots.take();
  const waiting = ['a', 'b', 'c'].map(async (name) => {
    const taken = await slots.take();
    order.push(name);
    slots.give(taken);
  });
  slots.give(slot);
  await Promise.all(waiting);
  expect(order).toEqual(['a', 'b', 'c']);
});

test('who gives up leaves the queue without taking a slot', async () => {
  const slots = new SlotQueue(1);
  const slot = await slots.take();
  const controller = new AbortController();
  const given = slots.take({ signal: controller.signal });
  const next = slots.take();
  controller.abort();
  await expect(given).rejects.toMatchObject({ code: 'job.cancelled' });
  slots.give(slot);
  expect(await next).toBe(slot);
});

test('a closed queue refuses everyone', async () => {
  const slots = new SlotQueue(1);
  await slots.take();
  const waiting = slots.take();
  slots.close(new Error('closed'));
  await expect(waiting).rejects.toThrow('closed');
  await expect(slots.take()).rejects.toThrow('closed');
});
