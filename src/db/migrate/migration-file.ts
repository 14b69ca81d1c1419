import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { AppError } from '#kernel/app-error.ts';

import { type SqlPiece, splitStatements } from './split-statements.ts';

/** One direction of a migration. */
export interface MigrationScript {
  /** The file name, for messages. */
  readonly file: string;
  readonly sql: string;
  /**
   * False for a file whose first line is `-- docmill: no-transaction`. Its statements run one by one,
   * each for itself, and its row in schema_migrations is written after the last one: a kill in between
   * runs it again from the top, so it must be written to be repeatable (`if not exists`, `if exists`).
   */
  readonly transactional: boolean;
}

export interface Migration {
  readonly version: number;
  /** The words of the file name. */
  readonly name: string;
  /** SHA-256 of the up file as hex; line ends count as LF, so that a checkout on Windows is no edit. */
  readonly checksum: string;
  readonly up: MigrationScript;
  readonly down: MigrationScript;
  /** The reason on the first line of the down file, `-- docmill: irreversible <why>`. */
  readonly irreversible: string | undefined;
}

const filePattern = /^V(\d{3,9})__([a-z0-9]+(?:_[a-z0-9]+)*)\.(up|down)\.sql$/;

/**
 * The migrations of a folder in the order of their versions: `V001__words.up.sql` and
 * `V001__words.down.sql` each. Numbers may leave gaps. Files not beginning with V are not looked at.
 * Throws `migration.file_invalid` naming the file: a malformed name, a missing half, a version given
 * twice, an unknown directive, a transaction statement.
 */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.startsWith('V')).toSorted();
  const ups = new Map<number, string>();
  for (const file of files) {
    const { version, direction } = parseName(file);
    if (direction === 'down') {
      if (!files.includes(otherHalf(file))) throw invalid(file, 'its up file is missing');
      continue;
    }
    const twin = ups.get(version);
    if (twin !== undefined) throw invalid(file, `it has the same version as ${twin}`);
    if (!files.includes(otherHalf(file))) throw invalid(file, 'its down file is missing');
    ups.set(version, file);
  }
  const migrations = await Promise.all(
    [...ups.values()].map((file) => readMigration(folder, file)),
  );
  return migrations.toSorted((a, b) => a.version - b.version);
}

async function readMigration(folder: string, upFile: string): Promise<Migration> {
  const downFile = otherHalf(upFile);
  const up = await readText(folder, upFile);
  const down = await readText(folder, downFile);
  const irreversible = directiveOf(downFile, down, 'down').irreversible;
  return {
    ...parseName(upFile),
    checksum: createHash('sha256').update(up).digest('hex'),
    up: toScript(upFile, up, 'up'),
    down: toScript(downFile, down, 'down'),
    irreversible,
  };
}

async function readText(folder: string, file: string): Promise<string> {
  const bytes = await readFile(join(folder, file));
  return bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n');
}

function parseName(file: string): { version: number; name: string; direction: string } {
  const [, digits = '', name = '', direction = ''] = filePattern.exec(file) ?? [];
  const version = Number(digits);
  if (version === 0) {
    throw invalid(file, 'a name looks like V001__some_words.up.sql, numbered from 1');
  }
  return { version, name, direction };
}

function otherHalf(file: string): string {
  return file.endsWith('.up.sql')
    ? file.replace(/\.up\.sql$/, '.down.sql')
    : file.replace(/\.down\.sql$/, '.up.sql');
}

function toScript(file: string, sql: string, direction: 'up' | 'down'): MigrationScript {
  const { transactional } = directiveOf(file, sql, direction);
  const stray = splitStatements(sql).find(isTransactionStatement);
  if (stray !== undefined) {
    throw invalid(
      file,
      `line ${stray.line} begins or ends a transaction; the runner does that, and a file that must run outside of one says "-- docmill: no-transaction" on its first line`,
    );
  }
  return { file, sql, transactional };
}

interface Directive {
  transactional: boolean;
  irreversible: string | undefined;
}

function directiveOf(file: string, sql: string, direction: 'up' | 'down'): Directive {
  const firstLine = sql.split('\n', 1)[0] ?? '';
  const directive = /^--\s*docmill:\s*(.*?)\s*$/.exec(firstLine)?.[1];
  if (directive === undefined) return { transactional: true, irreversible: undefined };
  if (directive === 'no-transaction') return { transactional: false, irreversible: undefined };
  const why = /^irreversible\s+(\S.*)$/.exec(directive)?.[1];
  if (why !== undefined && direction === 'down') return { transactional: true, irreversible: why };
  throw invalid(
    file,
    `its first line has an unknown directive, or one without a reason: ${directive}`,
  );
}

/** A commit inside a file would part it from its row in schema_migrations. */
function isTransactionStatement(piece: SqlPiece): boolean {
  const code = piece.text.replaceAll(/--[^\n]*\n|\/\*[\s\S]*?\*\//g, ' ').trim();
  return (
    /^(?:begin|commit|end|abort|rollback|start\s+transaction|prepare\s+transaction)\b/i.test(
      code,
    ) && !/^rollback\s+(?:work\s+|transaction\s+)?to\b/i.test(code)
  );
}

function invalid(file: string, why: string): AppError {
  return new AppError(
    'migration.file_invalid',
    `The migration file ${file} is not usable: ${why}.`,
    {
      details: { file },
    },
  );
}
