import { randomBytes } from 'node:crypto';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createSecretBox } from './secret-box.ts';

const box = createSecretBox(randomBytes(32));

test('what was sealed is opened again, and never looks the same twice', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.string(), (secret, context) => {
      const sealed = box.seal(secret, context);
      expect(sealed).toHaveLength(secret.length + 28);
      expect(box.open(sealed, context)).toEqual(Buffer.from(secret));
      expect(box.seal(secret, context)).not.toEqual(sealed);
    }),
  );
});

test('a changed bit, another place and another key open nothing', () => {
  const sealed = box.seal(Buffer.from('a secret of some length'), 'here');
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(box.open(changed, 'here')).toBeNull();
  }
  expect(box.open(sealed, 'there')).toBeNull();
  expect(createSecretBox(randomBytes(32)).open(sealed, 'here')).toBeNull();
  expect(box.open(sealed.subarray(0, 20), 'here')).toBeNull();
});
