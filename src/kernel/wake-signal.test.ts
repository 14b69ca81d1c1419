import { expect, test, vi } from 'vitest';
import { WakeSignal } from './wake-signal.ts';

test('a sleep ends with a wake, also one that came while its loop was looking', async () => {
  const signal = new WakeSignal(3_600_000);
  const sleep = signal.next();
  signal.wake();
  await expect(sleep).resolves.toBeUndefined();
});

test('a sleep ends by itself when nothing wakes', async () => {
  vi.useFakeTimers();
  const woken = vi.fn();
  void new WakeSignal(500).next().then(woken);
  await vi.advanceTimersByTimeAsync(499);
  expect(woken).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(woken).toHaveBeenCalledOnce();
  vi.useRealTimers();
});

test('only one timer is left, however many sleeps were asked for, and none after a wake', () => {
  vi.useFakeTimers();
  const signal = new WakeSignal(500);
  for (let times = 0; times < 5; times++) void signal.next();
  expect(vi.getTimerCount()).toBe(1);
  signal.wake();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});
