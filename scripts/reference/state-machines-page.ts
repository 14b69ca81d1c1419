import { stateMachines } from '#kernel/state-machines.ts';

import { generatedNote, markdownTable } from './markdown-table.ts';
import { stateNotes } from './state-notes.ts';

const introduction = `# State machines

A status moves along these arrows and in no other way. The list stands in the code (\`src/kernel/state-machines.ts\`),
in the database (table \`state_transitions\`, enforced by a trigger) and here; a test holds the three equal. A move that
is not listed is refused as [\`db.transition_refused\`](errors.md).

The status of a document is derived from the newest job of its current version and is never set: \`queued\` and
\`cancelled\` show as uploaded, \`running\` and \`paused\` as processing, the others as themselves.
`;

/** docs/reference/state-machines.md */
export function stateMachinesPage(): string {
  const sections = Object.entries(stateMachines).map(([name, moves]) => {
    const note = noteOf(name);
    return machineSection(note, new Map(Object.entries(moves)));
  });
  return [generatedNote, introduction, ...sections].join('\n');
}

interface Note {
  title: string;
  about: string;
  start: string;
  means: Readonly<Record<string, string>>;
}

function noteOf(machine: string): Note {
  const notes: Readonly<Record<string, Note>> = stateNotes;
  const note = notes[machine];
  if (note === undefined) throw new Error(`state-notes.ts says nothing of ${machine}`);
  return note;
}

function machineSection(note: Note, moves: ReadonlyMap<string, readonly string[]>): string {
  const arrows = [
    `[*] --> ${note.start}`,
    ...[...moves].flatMap(([from, targets]) =>
      targets.length === 0 ? [`${from} --> [*]`] : targets.map((to) => `${from} --> ${to}`),
    ),
  ];
  const diagram = ['```mermaid', 'stateDiagram-v2', ...arrows.map((arrow) => `  ${arrow}`), '```'];
  const table = markdownTable(
    ['Status', 'Means', 'Goes to'],
    [...moves].map(([status, targets]) => [
      `\`${status}\``,
      note.means[status] ?? '',
      targets.length === 0 ? 'final' : targets.map((to) => `\`${to}\``).join(', '),
    ]),
  );
  return `## ${note.title}\n\n${note.about}\n\n${diagram.join('\n')}\n\n${table}`;
}
