import { AppError } from '#kernel/app-error.ts';

/**
 * Readers for messages that crossed a process boundary. A child works on hostile files, so
 * nothing it says is believed unseen. All throw AppError `engine.crashed` on a wrong shape.
 */
type Fields = Readonly<Record<string, unknown>>;

/** The value as a bag of fields. */
export function readFields(value: unknown): Fields {
  if (!isFields(value)) throw nonsense('an object', value);
  return value;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

export function readNumber(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw nonsense(name, value);
  return value;
}

export function readString(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw nonsense(name, value);
  return value;
}

/** A string, or undefined when the field is absent. */
export function readOptionalString(fields: Fields, name: string): string | undefined {
  return fields[name] === undefined ? undefined : readString(fields, name);
}

export function readBytes(fields: Fields, name: string): Uint8Array {
  const value = fields[name];
  if (!(value instanceof Uint8Array)) throw nonsense(name, value);
  return value;
}

export function readFloats(fields: Fields, name: string): Float32Array {
  const value = fields[name];
  if (!(value instanceof Float32Array)) throw nonsense(name, value);
  return value;
}

export function readList(fields: Fields, name: string): readonly unknown[] {
  const value = fields[name];
  if (!Array.isArray(value)) throw nonsense(name, value);
  return value;
}

/** An object whose values are all strings; other values are left out. */
export function readStringRecord(fields: Fields, name: string): Record<string, string> {
  const pairs = Object.entries(readFields(fields[name]));
  return Object.fromEntries(
    pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}

function nonsense(what: string, value: unknown): AppError {
  return new AppError(
    'engine.crashed',
    `An engine process sent a malformed message: ${what} is ${value === null ? 'null' : typeof value}.`,
  );
}
