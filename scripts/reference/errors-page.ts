import { statusOf } from '#http/error-status.ts';
import { errorCodes } from '#kernel/error-codes.ts';

import { errorNotes } from './error-notes.ts';
import { generatedNote, markdownTable } from './markdown-table.ts';

const introduction = `# Errors

Every error that a caller can do something about has a stable code. The HTTP interface answers it as problem details
(RFC 9457, \`application/problem+json\`) with the code, a sentence in \`detail\`, and the \`requestId\` to quote when you
ask for help; the command line prints the sentence and the code; a job that failed keeps both.

- Codes are never renamed; new ones may come. Decide by the code, not by the text.
- \`file.*\` says that the file itself is the reason: the same file will fail again. Other errors of a job can be retried.
- An answer of status 500 with the code \`internal\` is a bug of Docmill: the request id finds it in the log.
- The status is what the HTTP interface answers; codes that only the command line knows have one too.
`;

/** docs/reference/errors.md */
export function errorsPage(): string {
  const table = markdownTable(
    ['Code', 'Status', 'What it means', 'What to do'],
    errorCodes.map((code) => {
      const { means, remedy } = errorNotes[code];
      return [`\`${code}\``, String(statusOf[code]), means, remedy];
    }),
  );
  return [generatedNote, introduction, table].join('\n');
}
