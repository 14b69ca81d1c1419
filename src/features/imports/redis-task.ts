import { AppError } from '#kernel/app-error.ts';
import type { JobStatus } from '#kernel/state-machines.ts';
import type { ImportedTime } from './imported-time.ts';
import { readImportedTime } from './imported-time.ts';

/** A task as it lies in Redis: a hash, or the fields of a JSON object. */
export type TaskFields = Readonly<Record<string, unknown>>;

export interface ImportedTask {
  id: string;
  fileName: string;
  status: Extract<JobStatus, 'queued' | 'running' | 'completed' | 'failed'>;
  created: ImportedTime | null;
  started: ImportedTime | null;
  completed: ImportedTime | null;
  errorMessage: string | null;
  pageCount: number | null;
  /** E-mail address of its user, where the source knew one. */
  email: string | null;
  /** All that the source said, as texts. */
  facts: Record<string, string>;
}

const statuses: Readonly<Record<string, ImportedTask['status']>> = {
  pending: 'queued',
  queued: 'queued',
  processing: 'running',
  running: 'running',
  started: 'running',
  completed: 'completed',
  complete: 'completed',
  success: 'completed',
  failed: 'failed',
  error: 'failed',
};

/** Reads the fields under any of the names that versions of the source gave them. Throws `import.record_invalid`. */
export function readTask(id: string, fields: TaskFields): ImportedTask {
  const facts = factsOf(fields);
  const pick = (...names: string[]): string | null => {
    const found = names
      .map((name) => facts[name])
      .find((text) => text !== undefined && text !== '');
    return found === undefined || /^(?:none|null)$/i.test(found) ? null : found;
  };
  const time = (...names: string[]): ImportedTime | null => readTime(names, pick(...names));
  const said = pick('status', 'state') ?? 'pending';
  const status = statuses[said.toLowerCase().replace(/^.*\./, '')];
  if (status === undefined) {
    throw invalid('status', `its status "${said.slice(0, 50)}" is none that is known`);
  }
  const pages = pick('page_count', 'pages', 'total_pages');
  return {
    id,
    fileName: pick('filename', 'file_name', 'original_name') ?? id,
    status,
    created: time('created_at', 'created', 'uploaded_at'),
    started: time('started_at', 'started', 'processing_started_at'),
    completed: time('completed_at', 'finished_at', 'completed', 'failed_at', 'updated_at'),
    errorMessage: pick('error', 'error_message'),
    pageCount: pages !== null && /^\d{1,6}$/.test(pages) ? Number(pages) : null,
    email: pick('user_email', 'email', 'owner_email'),
    facts,
  };
}

function factsOf(fields: TaskFields): Record<string, string> {
  const facts: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (/password|secret|token|api_?key/i.test(name)) continue;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    // What PostgreSQL has no place for is not worth a record: facts are for people.
    facts[clean(name)] = clean(text ?? '')
      .slice(0, 10_000)
      .replace(/[\ud800-\udbff]$/, '');
  }
  return facts;
}

function clean(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

function readTime(names: readonly string[], text: string | null): ImportedTime | null {
  try {
    return readImportedTime(text);
  } catch (cause) {
    throw invalid(names[0] ?? '', cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function invalid(field: string, problem: string, cause?: unknown): AppError {
  return new AppError('import.record_invalid', `The record cannot be taken over: ${problem}.`, {
    details: { field },
    cause,
  });
}

const textFields = ['text', 'extracted_text', 'result_text', 'content', 'markdown', 'result'];

/** The text of a result: a plain text, or a field of a JSON object. null when it holds none. */
export function textOfResult(raw: string): string | null {
  const found = raw.trimStart().startsWith('{') ? textInJson(raw) : raw;
  const text = found?.replaceAll('\0', '').toWellFormed() ?? '';
  return text.trim() === '' ? null : text;
}

function textInJson(raw: string): string {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return raw;
  }
  const fields: Map<string, unknown> = new Map(Object.entries(value ?? {}));
  const text = textFields
    .map((name) => fields.get(name))
    .find((field) => typeof field === 'string');
  if (typeof text === 'string') return text;
  const pages = fields.get('pages');
  if (!Array.isArray(pages)) return raw;
  return pages.map((page: unknown) => pageText(page)).join('\n\n');
}

function pageText(page: unknown): string {
  if (typeof page === 'string') return page;
  const fields: Map<string, unknown> = new Map(Object.entries(page ?? {}));
  const text = textFields
    .map((name) => fields.get(name))
    .find((field) => typeof field === 'string');
  return typeof text === 'string' ? text : '';
}
