/** One statement of an SQL text, without its semicolon. `line` counts from 1. */
export interface SqlPiece {
  readonly text: string;
  readonly line: number;
}

/** What a statement cannot end inside of; each pattern matches at the place given by `lastIndex`. */
const opaque = [
  // A string with escapes, where \' does not end it.
  /[eE]'[^'\\]*(?:(?:''|\\[\s\S])[^'\\]*)*'/y,
  /'[^']*(?:''[^']*)*'/y,
  /"[^"]*(?:""[^"]*)*"/y,
  /\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[\s\S]*?\$\1\$/y,
];

const lineComment = /--[^\n]*/y;
const word = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;

/**
 * Splits an SQL text at the semicolons between its statements; pieces of comments only are left out.
 * Knows comments (nested ones too), strings, quoted names, dollar quotes and the bodies
 * of `begin atomic … end`. Text that is not closed becomes part of the last piece: the server's
 * message for it is better than ours.
 */
export function splitStatements(sql: string): SqlPiece[] {
  const pieces: SqlPiece[] = [];
  let start = 0;
  let firstCode: number | undefined;
  let bodyDepth = 0;
  let lastWord = '';
  const finish = (end: number): void => {
    if (firstCode !== undefined) {
      pieces.push({ text: sql.slice(start, end).trim(), line: lineAt(sql, firstCode) });
    }
    start = end + 1;
    firstCode = undefined;
    bodyDepth = 0;
    lastWord = '';
  };
  for (let at = 0; at < sql.length;) {
    const comment = commentEnd(sql, at);
    if (comment !== undefined) {
      at = comment;
      continue;
    }
    if (sql[at] === ';' && bodyDepth === 0) {
      finish(at);
      at += 1;
      continue;
    }
    if (firstCode === undefined && !/\s/.test(sql.charAt(at))) firstCode = at;
    const next = opaqueEnd(sql, at) ?? matchEnd(word, sql, at);
    const found = next === undefined ? '' : sql.slice(at, next).toLowerCase();
    if (/^[a-z]/.test(found)) {
      bodyDepth += bodyStep(lastWord, found, bodyDepth);
      lastWord = found;
    }
    at = next ?? at + 1;
  }
  finish(sql.length);
  return pieces;
}

/** `begin atomic` opens a body; inside of it `case` and `end` nest. */
function bodyStep(lastWord: string, found: string, depth: number): number {
  if (found === 'atomic' && lastWord === 'begin') return 1;
  if (depth === 0) return 0;
  if (found === 'case') return 1;
  return found === 'end' ? -1 : 0;
}

function commentEnd(sql: string, at: number): number | undefined {
  if (sql.startsWith('--', at)) return matchEnd(lineComment, sql, at);
  if (!sql.startsWith('/*', at)) return undefined;
  const edge = /\/\*|\*\//g;
  edge.lastIndex = at + 2;
  for (let depth = 1; depth > 0;) {
    const found = edge.exec(sql);
    if (found === null) return sql.length;
    depth += found[0] === '/*' ? 1 : -1;
  }
  return edge.lastIndex;
}

function opaqueEnd(sql: string, at: number): number | undefined {
  for (const pattern of opaque) {
    const end = matchEnd(pattern, sql, at);
    if (end !== undefined) return end;
  }
  // Opened and never closed: the rest of the text belongs to it.
  return /^['"]/.test(sql.charAt(at)) ? sql.length : undefined;
}

function matchEnd(pattern: RegExp, sql: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(sql) ? pattern.lastIndex : undefined;
}

function lineAt(sql: string, at: number): number {
  return sql.slice(0, at).split('\n').length;
}
