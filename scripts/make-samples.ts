// Makes the files of samples/ again: node scripts/make-samples.ts [--check]
// --check writes nothing and fails when a file in the folder differs from what would be made.
import { readFile, writeFile } from 'node:fs/promises';
import { makeLetterScan } from './samples/letter-scan.ts';
import { makeMuseumReport } from './samples/museum-report.ts';
import { makeNotePhoto } from './samples/note-photo.ts';
import { makeWeekTimetable } from './samples/week-timetable.ts';

const makers: Readonly<Record<string, () => Promise<Uint8Array>>> = {
  'museum-report.pdf': makeMuseumReport,
  'scanned-letter.pdf': makeLetterScan,
  'receipt-photo.jpg': makeNotePhoto,
  'school-timetable.pdf': makeWeekTimetable,
};

const checkOnly = process.argv.includes('--check');
const folder = new URL('../samples/', import.meta.url);

for (const [name, make] of Object.entries(makers)) {
  const bytes = await make();
  const file = new URL(name, folder);
  if (checkOnly) {
    const stored = await readFile(file);
    const same = stored.equals(bytes);
    if (!same) process.exitCode = 1;
    console.log(`${same ? 'same   ' : 'differs'} ${name}`);
  } else {
    await writeFile(file, bytes);
    console.log(`${String(bytes.length).padStart(8)} bytes  ${name}`);
  }
}
