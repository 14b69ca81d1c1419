import type { z } from 'zod';
import {
  exportedDocumentSchema,
  exportedPageSchema,
  provenanceSchema,
} from './export-json-schema.ts';

/** What checking a file against its schema found. */
export interface FileCheck {
  valid: boolean;
  schema: string;
  pages: number;
  /** The first few, with the line they are on. */
  problems: string[];
}

const mostProblems = 20;

/**
 * Passes a `docmill/1` file through and checks it against its schema line by line, so that a file of any size is checked
 * in the memory of one page: the writer puts one page on a line. `check` is final when the stream has ended.
 */
export function checkJsonExport(pieces: AsyncIterable<string>): {
  pieces: AsyncIterable<string>;
  check: FileCheck;
} {
  const check: FileCheck = { valid: true, schema: 'docmill/1', pages: 0, problems: [] };
  const seen = new Set<string>();
  async function* passOn(): AsyncGenerator<string> {
    let rest = '';
    let line = 0;
    for await (const piece of pieces) {
      yield piece;
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      for (const text of lines) checkLine(text, (line += 1), check, seen);
    }
    if (rest !== '') checkLine(rest, line + 1, check, seen);
    for (const part of ['format', 'document', 'pages', 'provenance']) {
      if (!seen.has(part)) report(check, `the file has no "${part}"`);
    }
  }
  return { pieces: passOn(), check };
}

const closing = /,?\s*$/;

function checkLine(text: string, line: number, check: FileCheck, seen: Set<string>): void {
  const part = /^\{?"(\w+)":/.exec(text)?.[1] ?? '';
  const bare = text.replace(closing, '');
  if (part === 'format') {
    seen.add(part);
    if (bare !== '{"format":"docmill/1"') report(check, `line ${line}: not docmill/1`);
  } else if (part === 'document') {
    seen.add(part);
    checkValue(exportedDocumentSchema, bare.slice('"document":'.length), line, check);
  } else if (part === 'pages') {
    seen.add(part);
  } else if (part === 'provenance') {
    seen.add(part);
    checkValue(provenanceSchema, bare.slice('"provenance":'.length, -1), line, check);
  } else if (part === 'number') {
    check.pages += 1;
    checkValue(exportedPageSchema, bare, line, check);
  } else if (bare !== ']' && bare !== '') report(check, `line ${line}: not expected here`);
}

function checkValue(schema: z.ZodType, text: string, line: number, check: FileCheck): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    report(check, `line ${line}: not JSON`);
    return;
  }
  const parsed = schema.safeParse(value);
  for (const issue of parsed.error?.issues ?? []) {
    report(check, `line ${line}: ${issue.path.join('.')}: ${issue.message}`);
  }
}

function report(check: FileCheck, problem: string): void {
  check.valid = false;
  if (check.problems.length < mostProblems) check.problems.push(problem);
}
