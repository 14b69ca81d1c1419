import { expect, test } from 'vitest';
import { returnFailureText } from './return-failure-text.ts';

test.each([
  ['auth.email_unverified', 'unverified'],
  ['auth.refused', 'refused'],
  ['identity.taken', 'taken'],
  ['auth.link_invalid', 'ended'],
  ['auth.invitation_foreign', 'foreign'],
  ['auth.provider_failed', 'failed'],
  ['<b>Call this number</b>', 'failed'],
  ['__proto__', 'failed'],
])('%s is said by the sentence %s', (code, text) => {
  expect(returnFailureText(code)).toBe(text);
});
