import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAppError } from '#kernel/app-error.ts';
import { describeConfig, loadConfig, settings } from './config.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'docmill-config-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function save(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** The problems that loading reports; none when it succeeds. */
function problemsOf(environment: Record<string, string>): readonly unknown[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (!isAppError(error, 'config.invalid')) throw error;
    const problems = error.details?.['problems'];
    if (!Array.isArray(problems)) throw error;
    for (const problem of problems) expect(error.message).toContain(String(problem));
    return problems;
  }
}

test('an empty environment gives the documented defaults', () => {
  const config = loadConfig({});
  expect(config).toMatchObject({
    DOCMILL_HOST: '127.0.0.1',
    DOCMILL_PORT: 4600,
    DOCMILL_LOG_LEVEL: 'info',
    DATABASE_POOL_SIZE: 10,
    DATABASE_PREPARE: true,
    DOCMILL_OCR_LANGUAGES: ['eng'],
    DOCMILL_SAMPLES: true,
    dataDir: path.resolve('data'),
  });
  expect(config.DATABASE_URL).toBeUndefined();
  for (const row of describeConfig(config)) {
    const setting = Object.entries(settings).find(([name]) => name === row.name)?.[1];
    expect(row.value, row.name).toBe(setting?.fallback);
  }
});

test('values are turned into what they stand for', () => {
  const config = loadConfig({
    DOCMILL_PORT: '8080',
    DATABASE_PREPARE: 'no',
    DOCMILL_OCR_LANGUAGES: 'deu+chi_sim',
    DOCMILL_DATA_DIR: folder,
    DOCMILL_MAX_UPLOAD_MB: '3',
  });
  expect(config).toMatchObject({
    DOCMILL_PORT: 8080,
    DATABASE_PREPARE: false,
    DOCMILL_OCR_LANGUAGES: ['deu', 'chi_sim'],
    dataDir: folder,
    maxUploadBytes: 3 * 1024 * 1024,
  });
});

test('an empty value counts as not set', () => {
  expect(loadConfig({ DOCMILL_PORT: '', DATABASE_URL: '' })).toMatchObject({ DOCMILL_PORT: 4600 });
});

describe('problems', () => {
  test('all are reported at once', () => {
    const problems = problemsOf({
      DOCMILL_PORT: 'eighty',
      DATABASE_POOL_SIZE: '1',
      DOCMILL_LOG_LEVEL: 'loud',
      DOCMILL_HOTS: 'x',
      DATABASE_URL: 'mysql://x',
      DATABASE_DIRECT_URL_FILE: path.join(folder, 'missing'),
    });
    expect(problems).toHaveLength(6);
    for (const name of [
      'DOCMILL_PORT:',
      'DATABASE_POOL_SIZE:',
      'DOCMILL_LOG_LEVEL:',
      'DOCMILL_HOTS is not a setting; did you mean DOCMILL_HOST?',
      'DATABASE_URL:',
      'DATABASE_DIRECT_URL_FILE: cannot read',
    ]) {
      expect(problems).toContainEqual(expect.stringContaining(name));
    }
  });

  test.each([
    ['DOCMILL_PROT', 'DOCMILL_PORT'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['DOCMILL_DATADIR', 'DOCMILL_DATA_DIR'],
    ['DATABASE_ULR_FILE', 'DATABASE_URL'],
  ])('%s is taken for a misspelt %s', (wrong, right) => {
    expect(problemsOf({ [wrong]: 'x' })).toEqual([
      `${wrong} is not a setting; did you mean ${right}?`,
    ]);
  });

  test('a name of ours that is like no other is still refused', () => {
    expect(problemsOf({ DOCMILL_COMPLETELY_DIFFERENT_THING: 'x' })).toEqual([
      'DOCMILL_COMPLETELY_DIFFERENT_THING is not a setting.',
    ]);
  });

  test('names of other programs are left alone', () => {
    expect(problemsOf({ PATH: '/bin', PGHOST: 'x', NODE_ENV: 'test', MY_DOCMILL_X: '1' })).toEqual(
      [],
    );
  });

  test.each([
    ['DOCMILL_PORT', '-1'],
    ['DOCMILL_PORT', '65536'],
    ['DOCMILL_PORT', '4600.5'],
    ['DATABASE_PREPARE', 'maybe'],
    ['DOCMILL_OCR_LANGUAGES', 'en'],
    ['DOCMILL_OCR_LANGUAGES', 'eng,deu'],
    ['DOCMILL_OCR_LANGUAGES', '../../etc'],
    ['DOCMILL_PUBLIC_URL', 'docs.example.test'],
    ['DOCMILL_MAX_UPLOAD_MB', '0'],
    ['DOCMILL_WORKER_CONCURRENCY', '0'],
  ])('%s=%s is refused with its name and without the value of others', (name, value) => {
    const problems = problemsOf({ [name]: value, DATABASE_URL: 'postgres://u:geheim@h/d' });
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name}: .+\\.$`))]);
  });

  test('a wrong secret is refused without showing it', () => {
    const problems = problemsOf({ DATABASE_URL: 'mysql://user:geheim@host/db' });
    expect(JSON.stringify(problems)).not.toContain('geheim');
  });
});

describe('values from files', () => {
  test('NAME_FILE holds the value, without the line end', () => {
    const file = save('url', 'postgres://u:geheim@h/d\n');
    expect(loadConfig({ DATABASE_URL_FILE: file }).DATABASE_URL).toBe('postgres://u:geheim@h/d');
  });

  test('a value and a file at the same time are refused', () => {
    const file = save('port', '1234');
    expect(problemsOf({ DOCMILL_PORT: '4600', DOCMILL_PORT_FILE: file })).toEqual([
      'DOCMILL_PORT and DOCMILL_PORT_FILE are both set; keep one.',
    ]);
  });

  test('a bad value in a file is a problem of the setting', () => {
    const file = save('bad-port', 'eighty');
    expect(problemsOf({ DOCMILL_PORT_FILE: file })).toEqual([
      expect.stringMatching(/^DOCMILL_PORT: /),
    ]);
  });

  test('an empty file counts as not set', () => {
    expect(loadConfig({ DOCMILL_PORT_FILE: save('empty', '\n') }).DOCMILL_PORT).toBe(4600);
  });
});

test('secrets are hidden and everything else can be set again as it is shown', () => {
  const config = loadConfig({
    DATABASE_URL: 'postgres://u:geheim@h/d',
    DOCMILL_MAX_UPLOAD_MB: '7',
    DOCMILL_OCR_LANGUAGES: 'eng+deu',
    DOCMILL_PUBLIC_URL: 'https://docs.example.test',
    DOCMILL_WORKER_CONCURRENCY: '3',
    DATABASE_PREPARE: 'false',
    DOCMILL_DATA_DIR: folder,
    S3_BUCKET: 'documents',
    S3_ENDPOINT: 'https://storage.example.test',
    S3_PREFIX: 'kept/',
    S3_ACCESS_KEY_ID: 'AKEXAMPLE',
    S3_SECRET_ACCESS_KEY: 'geheim too',
    S3_FORCE_PATH_STYLE: 'true',
  });
  const rows = describeConfig(config);
  expect(JSON.stringify(rows)).not.toContain('geheim');
  const secrets = Object.entries(settings).filter(([, setting]) => 'secret' in setting);
  const hidden = new Set(secrets.map(([name]) => name));
  expect([...hidden]).toEqual(
    expect.arrayContaining(['DATABASE_URL', 'DATABASE_DIRECT_URL', 'REDIS_URL', 'DOCMILL_API_KEY']),
  );
  expect(rows.find((row) => row.name === 'DATABASE_URL')?.value).toBe('(set, hidden)');
  // What is not set shows what happens without it, in words.
  const values: Readonly<Record<string, unknown>> = config;
  const shown = rows
    .filter(({ name }) => !hidden.has(name) && values[name] !== undefined)
    .map((row) => [row.name, row.value]);
  const { DATABASE_URL, S3_SECRET_ACCESS_KEY } = config;
  const again = loadConfig(Object.fromEntries(shown));
  expect({ ...again, DATABASE_URL, S3_SECRET_ACCESS_KEY }).toEqual({ ...config });
});

test('every setting says in a sentence what it is', () => {
  for (const [name, setting] of Object.entries(settings)) {
    expect(setting.doc, name).toMatch(/^[A-Za-z].{15,}\.$/);
  }
});

test('BullMQ without a Redis to carry it is refused', () => {
  expect(problemsOf({ QUEUE_ENGINE: 'bullmq' })).toEqual(['QUEUE_ENGINE: bullmq needs REDIS_URL.']);
  expect(problemsOf({ QUEUE_ENGINE: 'bullmq', REDIS_URL: 'redis://127.0.0.1' })).toEqual([]);
});

describe('the address of the database in parts', () => {
  const parts = (prefix: string, database: string) => ({
    [`${prefix}_HOST`]: 'db.example',
    [`${prefix}_PORT`]: '6543',
    [database]: 'mill',
    [`${prefix}_USER`]: 'anna',
    [`${prefix}_PASSWORD`]: 'p@ss:w/rd',
    [`${prefix}_SSL`]: 'verify-full',
  });

  test.each([
    ['POSTGRES', 'POSTGRES_DB'],
    ['DB', 'DB_NAME'],
  ])('%s_ names make DATABASE_URL', (prefix, database) => {
    const config = loadConfig(parts(prefix, database));
    const url = new URL(config.DATABASE_URL ?? '');
    expect(url.href).toBe(
      'postgres://anna:p%40ss%3Aw%2Frd@db.example:6543/mill?sslmode=verify-full',
    );
    expect(loadConfig({ [`${prefix}_HOST`]: '::1' }).DATABASE_URL).toBe(
      'postgres://docmill@[::1]:5432/docmill',
    );
    expect(JSON.stringify(describeConfig(config))).not.toContain('p@ss');
  });

  test('DATABASE_URL goes before them, and without a host they mean nothing', () => {
    const url = 'postgres://u@h/d';
    expect(loadConfig({ ...parts('DB', 'DB_NAME'), DATABASE_URL: url }).DATABASE_URL).toBe(url);
    const foreign = { DB_PORT: 'tcp://10.0.0.1:5432', POSTGRES_PASSWORD: 'x' };
    expect(loadConfig(foreign)).not.toHaveProperty('DATABASE_URL', expect.anything());
  });

  test('two hosts, and parts that are none, are problems', () => {
    const both = { ...parts('DB', 'DB_NAME'), POSTGRES_HOST: 'other' };
    expect(problemsOf(both)).toEqual(['POSTGRES_HOST and DB_HOST are both set; keep one.']);
    expect(problemsOf({ DB_HOST: 'h', DB_PORT: 'x', DB_SSL: 'yes' })).toEqual([
      expect.stringMatching(/^DB_PORT: /),
      expect.stringMatching(/^DB_SSL: /),
    ]);
  });
});
