const always = /[\\`*[\]<~|]/g;
/** Between letters or digits an underscore is plain text, elsewhere it may begin emphasis. */
const underscore = /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
const entity = /&(?=#?[a-z0-9]{1,31};)/gi;

/**
 * Escapes one line of text so that CommonMark and GitHub's dialect show it as it is; the line is taken
 * to stand at the start of a block.
 */
export function escapeMarkdown(line: string): string {
  return escapeLineStart(escapeInline(line));
}

/** The same for text that does not open a block, such as that of a heading. */
export function escapeInline(text: string): string {
  return text
    .replace(always, String.raw`\$&`)
    .replace(underscore, String.raw`\_`)
    .replace(entity, String.raw`\&`);
}

/** What would make a heading, quote, list, rule or table of the line. */
function escapeLineStart(line: string): string {
  return line
    .replace(/^(\s*)(#{1,6}(?=\s|$)|>|[-+](?=\s|$)|[-=]+\s*$|:?-+:?\s*$)/, String.raw`$1\$2`)
    .replace(/^(\s*)((?:-\s*){3,})$/, String.raw`$1\$2`)
    .replace(/^(\s*\d{1,9})([.)])(?=\s|$)/, String.raw`$1\$2`);
}
