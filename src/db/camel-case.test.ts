import { expect, test } from 'vitest';

import { camelCase } from './camel-case.ts';

test.each([
  ['id', 'id'],
  ['page_count', 'pageCount'],
  ['a_b_c', 'aBC'],
  ['page_2', 'page2'],
  ['double__under', 'doubleUnder'],
  ['_private_name', '_privateName'],
  ['trailing_', 'trailing_'],
  ['?column?', '?column?'],
  ['alreadyCamel', 'alreadyCamel'],
])('%s becomes %s', (name, expected) => {
  expect(camelCase(name)).toBe(expected);
});
