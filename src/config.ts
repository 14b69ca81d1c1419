import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '#kernel/app-error.ts';
import { nearestName } from '#kernel/nearest-name.ts';

interface Setting {
  schema: z.ZodType;
  /** One sentence for `.env.example` and docs/reference/settings.md. */
  doc: string;
  /** Shown in the docs; the schema holds the real default. */
  fallback: string;
  secret?: true;
}

const port = z.coerce.number().int().min(0).max(65_535);
const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const mebibyte = 1024 * 1024;

/** Every setting there is. `NAME_FILE` may name a file that holds the value, for secrets. */
export const settings = {
  DOCMILL_DATA_DIR: {
    schema: z.string().min(1).default('data'),
    doc: 'Folder for the embedded database, the uploaded files and caches; relative to the working directory.',
    fallback: 'data',
  },
  DOCMILL_HOST: {
    schema: z.string().min(1).default('127.0.0.1'),
    doc: 'Address to listen on. There are no accounts yet: keep it on loopback.',
    fallback: '127.0.0.1',
  },
  DOCMILL_PORT: {
    schema: port.default(4600),
    doc: 'Port to listen on; 0 takes a free one.',
    fallback: '4600',
  },
  DOCMILL_PUBLIC_URL: {
    schema: z.url().optional(),
    doc: 'Address users type when a proxy stands in front; its host name is then accepted too.',
    fallback: 'unset',
  },
  DOCMILL_LOG_LEVEL: {
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    doc: 'Least severity that is logged.',
    fallback: 'info',
  },
  DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    doc: 'PostgreSQL 15 or newer to use instead of the embedded server; a role that is a member of docmill_app.',
    fallback: 'unset: embedded PostgreSQL 18 in the data folder',
    secret: true,
  },
  DATABASE_DIRECT_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    doc: 'The same server without a pooler in between, as the role that owns the schema: for migrations and LISTEN.',
    fallback: 'DATABASE_URL',
    secret: true,
  },
  DATABASE_POOL_SIZE: {
    schema: count(2, 200).default(10),
    doc: 'Connections of the main pool.',
    fallback: '10',
  },
  DATABASE_PREPARE: {
    schema: z.stringbool().default(true),
    doc: 'Named prepared statements; switch off behind a PgBouncer older than 1.21 in transaction mode.',
    fallback: 'true',
  },
  DOCMILL_OCR_ENGINE: {
    schema: z.enum(['auto', 'native', 'wasm']).default('auto'),
    doc: 'auto takes the tesseract program when it is installed and the bundled WASM build otherwise.',
    fallback: 'auto',
  },
  DOCMILL_OCR_LANGUAGES: {
    schema: z
      .string()
      .regex(/^[a-zA-Z_]{3,20}(\+[a-zA-Z_]{3,20})*$/)
      .default('eng')
      .transform((text) => text.split('+')),
    doc: 'Tesseract language codes joined by +.',
    fallback: 'eng',
  },
  DOCMILL_WORKER_CONCURRENCY: {
    schema: count(1, 128).optional(),
    doc: 'Pages recognised at once by this process.',
    fallback: 'number of processor cores',
  },
  DOCMILL_ENGINE_MEMORY_MB: {
    schema: count(128, 65_536).default(1_024),
    doc: 'Resident memory at which an engine child is ended, in MiB.',
    fallback: '1024',
  },
  DOCMILL_ENGINE_TIMEOUT_SECONDS: {
    schema: count(1, 3_600).default(120),
    doc: 'Time an engine may take for one page.',
    fallback: '120',
  },
  DOCMILL_MAX_UPLOAD_MB: {
    schema: count(1, 10_240).default(100),
    doc: 'Largest file that is accepted, in MiB.',
    fallback: '100',
  },
  DOCMILL_MAX_FILES: {
    schema: count(1, 1_000).default(100),
    doc: 'Files in one upload request.',
    fallback: '100',
  },
  DOCMILL_MAX_PAGES: {
    schema: count(1, 100_000).default(5_000),
    doc: 'Pages a document may have.',
    fallback: '5000',
  },
  DOCMILL_MAX_PIXELS: {
    schema: count(1_000_000, 1_000_000_000).default(60_000_000),
    doc: 'Pixels of one page raster.',
    fallback: '60000000',
  },
  DOCMILL_SAMPLES: {
    schema: z.stringbool().default(true),
    doc: 'Process the documents in samples/ on the very first start, so that the page is not empty.',
    fallback: 'true',
  },
} as const satisfies Record<string, Setting>;

type SettingName = keyof typeof settings;
type Values = { readonly [Name in SettingName]: z.output<(typeof settings)[Name]['schema']> };

export type Config = Values & { readonly dataDir: string; readonly maxUploadBytes: number };

/** Our own prefixes: an unknown name with one of these is a typing error, not somebody else's variable. */
const ownPrefix = /^(DOCMILL|DATABASE)_/;

/**
 * Reads settings from `environment`. All problems are reported at once.
 * Throws `config.invalid`, whose message has one line per problem.
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  const names = Object.keys(settings);
  for (const name of Object.keys(environment)) {
    const plain = name.replace(/_FILE$/, '');
    if (ownPrefix.test(name) && !names.includes(plain)) {
      const nearest = nearestName(plain, names);
      problems.push(`${name} is not a setting${nearest ? `; did you mean ${nearest}?` : '.'}`);
    }
  }
  const raw = Object.fromEntries(
    names.map((name) => [name, rawValue(name, environment, problems)]),
  );
  const table = z.object(
    Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, setting.schema])),
  );
  const parsed = table.safeParse(raw);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      problems.push(`${String(issue.path[0])}: ${issue.message}.`);
    }
  }
  if (problems.length > 0 || !parsed.success) {
    throw new AppError(
      'config.invalid',
      `The configuration has problems:\n- ${problems.join('\n- ')}`,
      {
        details: { problems },
      },
    );
  }
  // The table was built from `settings`, so its output has the shape of Values; zod cannot see that.
  const values = parsed.data as unknown as Values;
  return Object.freeze({
    ...values,
    dataDir: path.resolve(values.DOCMILL_DATA_DIR),
    maxUploadBytes: values.DOCMILL_MAX_UPLOAD_MB * mebibyte,
  });
}

function rawValue(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
  problems: string[],
): string | undefined {
  const file = environment[`${name}_FILE`];
  const direct = environment[name];
  if (file === undefined || file === '') return direct === '' ? undefined : direct;
  if (direct) problems.push(`${name} and ${name}_FILE are both set; keep one.`);
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (error) {
    problems.push(
      `${name}_FILE: cannot read ${file} (${error instanceof Error ? error.message : String(error)}).`,
    );
    return undefined;
  }
}

/** The process environment, with `.env` of the working directory behind it. */
export function readEnvironment(): Readonly<Record<string, string | undefined>> {
  try {
    process.loadEnvFile('.env');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing) throw error;
  }
  return process.env;
}

/** Effective settings for `docmill config`, secrets masked. */
export function describeConfig(config: Config): { name: string; value: string; doc: string }[] {
  const values: Readonly<Record<string, unknown>> = config;
  return Object.entries(settings).map(([name, setting]) => {
    const value = values[name];
    const shown = value === undefined ? setting.fallback : [value].flat().map(String).join('+');
    return {
      name,
      value: 'secret' in setting && value !== undefined ? '(set, hidden)' : shown,
      doc: setting.doc,
    };
  });
}
