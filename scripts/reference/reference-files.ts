import { errorsPage } from './errors-page.ts';
import { envExample, settingsPage } from './settings-page.ts';
import { stateMachinesPage } from './state-machines-page.ts';

/** Path in the repository → text, of everything that is written from tables in the code. */
export function referenceFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['.env.example', envExample()],
    ['docs/reference/errors.md', errorsPage()],
    ['docs/reference/settings.md', settingsPage()],
    ['docs/reference/state-machines.md', stateMachinesPage()],
  ]);
}
