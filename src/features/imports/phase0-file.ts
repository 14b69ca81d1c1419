import { AppError, isAppError } from '#kernel/app-error.ts';
import type { JsonValue } from '#kernel/exact-json.ts';
import { parseExactJson } from '#kernel/exact-json.ts';

/** Levels of the file: an entry of at most 100 levels inside a list inside an object. */
const maxDepth = 103;

/**
 * The records of an export: a JSON array, an object with a list of `journals`, `entries` or `data`, or one JSON
 * object a line. Throws `import.file_invalid` when it is none of these, or holds what could not be kept exactly.
 */
export function readPhase0File(text: string): readonly JsonValue[] {
  try {
    return recordsOf(parseExactJson(text, maxDepth));
  } catch (error) {
    if (isAppError(error, 'request.invalid')) return readLines(text);
    throw fileInvalid(error);
  }
}

function recordsOf(value: JsonValue): readonly JsonValue[] {
  if (Array.isArray(value)) return value;
  const lists = Object.entries(value ?? {}).filter(([name, list]: [string, unknown]) => {
    return /^(?:journals|entries|data)$/.test(name) && Array.isArray(list);
  });
  const [found]: unknown[] = lists.map(([, list]) => list);
  if (Array.isArray(found)) return found;
  // One object is an export of one entry.
  return [value];
}

function readLines(text: string): readonly JsonValue[] {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line, number: index + 1 }));
  return lines
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => {
      try {
        return parseExactJson(line, maxDepth);
      } catch (error) {
        throw fileInvalid(error, `Line ${number}: `);
      }
    });
}

function fileInvalid(error: unknown, where = ''): unknown {
  if (!isAppError(error)) return error;
  const message = error.code === 'request.invalid' ? 'It is not valid JSON.' : error.message;
  return new AppError('import.file_invalid', `The file cannot be imported. ${where}${message}`, {
    details: { ...error.details },
    cause: error,
  });
}
