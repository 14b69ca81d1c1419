import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Cache } from '#realtime/cache.ts';
import { maxCachedBytes } from '#realtime/cache.ts';
import { eventually } from '#test/support/eventually.ts';

/** What every cache must do. The store may hold other entries already; keys are random. */
export function describeCache(current: () => Cache): void {
  describe('its cache', () => {
    const newKey = (): string => `ocr:result:${randomUUID()}:{eng 1.0}`;

    test('gives back the very bytes, none and many', async () => {
      for (const size of [0, 1, 100_000]) {
        const [key, bytes] = [newKey(), randomBytes(size)];
        await current().set(key, bytes, 60);
        const found = await current().get(key);
        expect(found === null ? null : Buffer.compare(bytes, found)).toBe(0);
      }
    });

    test('takes a view into a larger buffer as the bytes of the view', async () => {
      const key = newKey();
      await current().set(key, Buffer.from('abcdef').subarray(2, 4), 60);
      expect(Buffer.from((await current().get(key)) ?? []).toString()).toBe('cd');
    });

    test('has nothing under a key that was never set', async () => {
      expect(await current().get(newKey())).toBeNull();
    });

    test('replaces the value and its time', async () => {
      const key = newKey();
      await current().set(key, Buffer.from('old'), 1);
      await current().set(key, Buffer.from('new'), 60);
      const shortLived = newKey();
      await current().set(shortLived, Buffer.from('x'), 1);
      await eventually('the expiry', async () => (await current().get(shortLived)) === null);
      expect(Buffer.from((await current().get(key)) ?? []).toString()).toBe('new');
    });

    test('forgets what is deleted, and deletes what is not there', async () => {
      const key = newKey();
      await current().set(key, Buffer.from('x'), 60);
      await current().delete(key);
      await current().delete(key);
      expect(await current().get(key)).toBeNull();
    });

    test('keeps nothing that is too large, and says nothing', async () => {
      const key = newKey();
      await current().set(key, new Uint8Array(maxCachedBytes + 1), 60);
      expect(await current().get(key)).toBeNull();
    });

    test('two writers of one key leave one whole value', async () => {
      const key = newKey();
      const values = Array.from({ length: 20 }, (_, index) => `${index}`.repeat(500));
      await Promise.all(values.map((value) => current().set(key, Buffer.from(value), 60)));
      expect(values).toContain(Buffer.from((await current().get(key)) ?? []).toString());
    });
  });
}
