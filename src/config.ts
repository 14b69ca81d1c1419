import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { languageListPattern } from '#engines/ocr-languages.ts';
import { AppError } from '#kernel/app-error.ts';
import { nearestName } from '#kernel/nearest-name.ts';
import { serviceSettings } from './service-settings.ts';
import { accountSettings } from './account-settings.ts';
import { databaseSettings, joinDatabaseAddress } from './database-settings.ts';
import { limitSettings } from './limit-settings.ts';
import { pairProblems, productionProblems } from './production-rules.ts';
import type { Setting } from './setting.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const gate = z.coerce.number().min(0).max(1);
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
    doc: 'Address to listen on; another than loopback only behind a proxy that speaks https, or in a network you trust.',
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
  ...databaseSettings,
  DOCMILL_AUDIT_ANCHOR: {
    schema: z.string().min(1).default('audit-anchor.jsonl'),
    doc: 'File that proves the audit log complete, or a folder with a file of each machine; best on another disk than the database; relative to the data folder.',
    fallback: 'audit-anchor.jsonl',
  },
  DOCMILL_KEEP_TRASH_DAYS: {
    schema: count(0, 3_650).default(30),
    doc: 'Days until what is in the trash is removed for good.',
    fallback: '30',
  },
  DOCMILL_KEEP_JOBS_DAYS: {
    schema: count(1, 3_650).default(90),
    doc: 'Days until the history of a finished job moves to the archive in the blob store.',
    fallback: '90',
  },
  DOCMILL_KEEP_DELIVERIES_DAYS: {
    schema: count(1, 3_650).default(30),
    doc: 'Days that the log of webhooks is kept.',
    fallback: '30',
  },
  DOCMILL_KEEP_METRICS_DAYS: {
    schema: count(2, 3_650).default(30),
    doc: 'Days that every single measurement is kept.',
    fallback: '30',
  },
  DOCMILL_KEEP_HOURLY_MONTHS: {
    schema: count(1, 600).default(12),
    doc: 'Months that measurements added up by the hour are kept.',
    fallback: '12',
  },
  DOCMILL_KEEP_AUDIT_MONTHS: {
    schema: count(2, 600).default(12),
    doc: 'Months that the audit log is kept.',
    fallback: '12',
  },
  DATABASE_PREPARE: {
    schema: z.stringbool().default(true),
    doc: 'Named prepared statements; switch off behind a PgBouncer older than 1.21 in transaction mode.',
    fallback: 'true',
  },
  S3_BUCKET: {
    schema: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
      .optional(),
    doc: 'Bucket for uploaded files, which must exist; without it they are kept in the data folder.',
    fallback: 'unset: the data folder',
  },
  S3_PREFIX: {
    schema: z
      .string()
      .regex(/^([A-Za-z0-9._-]+\/)*$/)
      .default(''),
    doc: 'Put before every key in the bucket, ending with a slash.',
    fallback: '',
  },
  S3_ENDPOINT: {
    schema: z.url({ protocol: /^https?$/ }).optional(),
    doc: 'Address of an S3 server that is not AWS.',
    fallback: 'unset: AWS',
  },
  S3_REGION: {
    schema: z.string().min(1).default('us-east-1'),
    doc: 'Region of the bucket.',
    fallback: 'us-east-1',
  },
  S3_ACCESS_KEY_ID: {
    schema: z.string().min(1).optional(),
    doc: 'Key for the bucket, with its secret.',
    fallback: 'what the machine provides (its role, its AWS files)',
  },
  S3_SECRET_ACCESS_KEY: {
    schema: z.string().min(1).optional(),
    doc: 'Secret of the key.',
    fallback: 'unset',
    secret: true,
  },
  S3_FORCE_PATH_STYLE: {
    schema: z.stringbool().optional(),
    doc: 'The bucket in the path of the address instead of in its host name.',
    fallback: 'true with S3_ENDPOINT, else false',
  },
  S3_CHECKSUMS: {
    schema: z.enum(['when_required', 'when_supported']).default('when_required'),
    doc: 'when_supported adds the checksums of newer S3 servers to every request; others refuse or spoil streams with them.',
    fallback: 'when_required',
  },
  S3_PRESIGNED_READS: {
    schema: z.stringbool().default(false),
    doc: 'Originals are fetched from the bucket itself, by an address that holds for 60 seconds; the bucket must be reachable for users. Else this server sends them.',
    fallback: 'false',
  },
  REDIS_URL: {
    schema: z.url({ protocol: /^rediss?$/ }).optional(),
    doc: 'Redis 6.2 or newer for caches, limits, progress and wake-ups of several machines; it may be emptied at any time.',
    fallback: 'unset: PostgreSQL does the same',
    secret: true,
  },
  QUEUE_ENGINE: {
    schema: z.enum(['postgres', 'bullmq']).default('postgres'),
    doc: 'What tells workers of work: PostgreSQL, or BullMQ on REDIS_URL; the work itself is in PostgreSQL always.',
    fallback: 'postgres',
  },
  DOCMILL_OCR_ENGINE: {
    schema: z.enum(['auto', 'native', 'wasm']).default('auto'),
    doc: 'auto takes the tesseract program when it is installed and the bundled WASM build otherwise.',
    fallback: 'auto',
  },
  DOCMILL_OCR_LANGUAGES: {
    schema: z
      .string()
      .regex(languageListPattern)
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
  DOCMILL_DUPLICATES: {
    schema: z.enum(['keep', 'skip']).default('keep'),
    doc: 'What becomes of a file whose bytes its owner has in a document already, unless the upload says: keep makes another document and names the first, skip only names it.',
    fallback: 'keep',
  },
  DOCMILL_UPLOAD_HOURS: {
    schema: count(1, 720).default(24),
    doc: 'Hours that a resumable upload may take, pauses included; then what arrived of it is removed.',
    fallback: '24',
  },
  DOCMILL_OPEN_UPLOADS_MB: {
    schema: count(1, 1_048_576).default(10_240),
    doc: 'Size of all files together that one user may have on their way in by resumable or direct upload, in MiB.',
    fallback: '10240',
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
  DOCMILL_MAX_ZONES_PER_PAGE: {
    schema: count(1, 10_000).default(200),
    doc: 'Zones up to which people may add more to a page; reading may find more.',
    fallback: '200',
  },
  DOCMILL_REVIEW: {
    schema: z.enum(['off', 'optional', 'required']).default('optional'),
    doc: 'What is below its gate: off asks nobody, optional completes the document and asks a person, required keeps it in review until a person has decided.',
    fallback: 'optional',
  },
  DOCMILL_REVIEW_TEXT_GATE: {
    schema: gate.default(0.8),
    doc: 'Confidence below which a page or a zone of text goes to a person, 0 to 1.',
    fallback: '0.8',
  },
  DOCMILL_REVIEW_TABLE_GATE: {
    schema: gate.default(0.7),
    doc: 'The same for tables.',
    fallback: '0.7',
  },
  DOCMILL_REVIEW_FIGURE_GATE: {
    schema: gate.default(0.6),
    doc: 'The same for figures, diagrams and images.',
    fallback: '0.6',
  },
  DOCMILL_REVIEW_LEASE_MINUTES: {
    schema: count(1, 10_080).default(30),
    doc: 'How long a reviewer has a task to themselves without saving.',
    fallback: '30',
  },
  DOCMILL_EXPORT_DAYS: {
    schema: count(1, 3_650).default(30),
    doc: 'Days after which the files of an export are no longer given out.',
    fallback: '30',
  },
  ...limitSettings,
  ...serviceSettings,
  DOCMILL_SAMPLES: {
    schema: z.stringbool().default(true),
    doc: 'Process the documents in samples/ on the very first start, so that the page is not empty.',
    fallback: 'true',
  },
  ...accountSettings,
} as const satisfies Record<string, Setting>;

type SettingName = keyof typeof settings;
type Values = { readonly [Name in SettingName]: z.output<(typeof settings)[Name]['schema']> };

export type Config = Values & {
  readonly dataDir: string;
  readonly maxUploadBytes: number;
  readonly sessionMs: number;
  readonly auditAnchor: string;
};

/** DATABASE_URL is made of the parts, so that it is the one that is looked at. */
const lookedAtElsewhere = new Set(['DOCMILL_API_KEY', 'POSTGRES_PASSWORD', 'DB_PASSWORD']);
const secretNames = Object.entries(settings).flatMap(([name, setting]) =>
  'secret' in setting && !lookedAtElsewhere.has(name) ? [name] : [],
);

/** Our own prefixes: an unknown name with one of these is a typing error, not somebody else's variable. */
const ownPrefix = /^(DOCMILL|DATABASE|S3)_/;

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
  const raw = joinDatabaseAddress(
    Object.fromEntries(names.map((name) => [name, rawValue(name, environment, problems)])),
    problems,
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
  if (raw['QUEUE_ENGINE'] === 'bullmq' && raw['REDIS_URL'] === undefined) {
    problems.push('QUEUE_ENGINE: bullmq needs REDIS_URL.');
  }
  if (parsed.success) {
    const isProduction =
      parsed.data['DOCMILL_PRODUCTION'] ??
      (environment['NODE_ENV'] === 'production' && raw['DOCMILL_PUBLIC_URL'] !== undefined);
    problems.push(...(isProduction ? productionProblems(raw, secretNames) : pairProblems(raw)));
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
    sessionMs: values.DOCMILL_SESSION_DAYS * 86_400_000,
    maxUploadBytes: values.DOCMILL_MAX_UPLOAD_MB * mebibyte,
    auditAnchor: path.resolve(values.DOCMILL_DATA_DIR, values.DOCMILL_AUDIT_ANCHOR),
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
    const isSet = value !== undefined && [value].flat().length > 0;
    const shown = value === undefined ? setting.fallback : [value].flat().map(String).join('+');
    return {
      name,
      value: 'secret' in setting && isSet ? '(set, hidden)' : shown,
      doc: setting.doc,
    };
  });
}
