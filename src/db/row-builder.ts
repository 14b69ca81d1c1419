import { camelCase } from './camel-case.ts';

/**
 * Objects from rows read as arrays, with column names in camelCase. Two columns of one name: the last
 * one wins. The caller names the row type, which stands for the column list of its own statement.
 */
export function buildRows<Row extends object>(
  fields: readonly { readonly name: string }[],
  rows: readonly (readonly unknown[])[],
): Row[] {
  const names = fields.map((field) => camelCase(field.name));
  return rows.map((cells) => {
    const row: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index += 1) row[names[index] ?? ''] = cells[index];
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the statement knows its columns
    return row as Row;
  });
}
