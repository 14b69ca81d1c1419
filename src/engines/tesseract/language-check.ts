import { unavailable } from '../sandbox/engine-failures.ts';

/** Throws AppError `engine.unavailable` unless every language is installed and there is at least one. */
export function checkLanguages(
  engine: string,
  wanted: readonly string[],
  installed: readonly string[],
): void {
  if (wanted.length === 0) throw unavailable(engine, 'no language was given');
  const missing = wanted.filter((language) => !installed.includes(language));
  if (missing.length > 0) {
    throw unavailable(engine, `the language ${missing.join(', ')} is not installed`);
  }
}
