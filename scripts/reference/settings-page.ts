import { z } from 'zod';

import { settings } from '#config.ts';

import { generatedNote, markdownTable } from './markdown-table.ts';

const introduction = `# Settings

Docmill reads its settings from environment variables, and from a file \`.env\` in the working directory for those
that are not set. [\`.env.example\`](../../.env.example) holds all of them. \`docmill config\` shows what is in force.

- Any setting \`NAME\` can be given as \`NAME_FILE\` instead: the path of a file that holds the value, for secrets.
- An empty value counts as not set. Unknown names that begin with \`DOCMILL_\`, \`DATABASE_\` or \`S3_\` are refused, with the
  nearest name; all problems are reported at once.
`;

interface SettingFacts {
  name: string;
  doc: string;
  fallback: string;
  allowed: string;
  secret: boolean;
  /** What the setting is when it is not given, as it would be written; undefined when that is no value. */
  literalDefault: string | undefined;
}

/** All settings in the order of the table in src/config.ts. */
function settingFacts(): SettingFacts[] {
  return Object.entries(settings).map(([name, setting]) => {
    const { schema, doc, fallback } = setting;
    const hasDefault = schema.safeParse(undefined).data !== undefined;
    return {
      name,
      doc,
      fallback,
      allowed: allowedValues(schema),
      secret: 'secret' in setting,
      literalDefault: hasDefault ? fallback : undefined,
    };
  });
}

/** docs/reference/settings.md */
export function settingsPage(): string {
  const table = markdownTable(
    ['Name', 'Default', 'Allowed', 'What it does'],
    settingFacts().map(({ name, doc, fallback, allowed, secret, literalDefault }) => [
      `\`${name}\``,
      literalDefault === undefined ? fallback : `\`${literalDefault}\``,
      allowed,
      secret ? `${doc} Secret: never shown.` : doc,
    ]),
  );
  return [generatedNote, introduction, table].join('\n');
}

/** .env.example: every setting with its default, commented out. */
export function envExample(): string {
  const head =
    '# Settings of Docmill: copy this file to .env and change what you need.\n' +
    '# Written by scripts/write-reference.ts; explained in docs/reference/settings.md.\n';
  const blocks = settingFacts().map(({ name, doc, fallback, allowed, literalDefault }) => {
    const remark = literalDefault === undefined ? ` Default: ${fallback}.` : '';
    return `# ${doc} (${allowed})${remark}\n# ${name}=${literalDefault ?? ''}\n`;
  });
  return [head, ...blocks].join('\n');
}

function allowedValues(schema: z.ZodType): string {
  if (typeof schema.safeParse('true').data === 'boolean') return 'true or false';
  const facts = z.toJSONSchema(schema, { io: 'input' });
  if (facts.enum) return facts.enum.join(', ');
  if (facts.type === 'integer') return `${facts.minimum} to ${facts.maximum}`;
  if (facts.format === 'uri') return 'URL';
  return 'text';
}
