import { useMemo, useRef } from 'react';
import type { KeyBinding } from '#components/key-binding.ts';
import { useKeymap } from '#components/use-keymap.ts';

/** Everything a reader can do on the document page. */
export interface ViewerActions {
  goToPage: (page: number) => void;
  nextPage: () => void;
  previousPage: () => void;
  firstPage: () => void;
  lastPage: () => void;
  nextZone: () => void;
  previousZone: () => void;
  zoomIn: () => void;
  zoomOut: () => void;
  fitWidth: () => void;
  fitPage: () => void;
  toggleZones: () => void;
  toggleText: () => void;
  toggleInfo: () => void;
  find: () => void;
  nextHit: () => void;
  previousHit: () => void;
  back: () => void;
}

/** Binds the keys of the document page. */
export function useViewerKeys(actions: ViewerActions): void {
  const latest = useRef(actions);
  latest.current = actions;
  const bindings = useMemo((): KeyBinding[] => {
    const run = (name: Exclude<keyof ViewerActions, 'goToPage'>) => () => latest.current[name]();
    return [
      { keys: ['j', 'PageDown'], label: 'keys.nextPage', run: run('nextPage') },
      { keys: ['k', 'PageUp'], label: 'keys.previousPage', run: run('previousPage') },
      { keys: ['Home'], label: 'keys.firstPage', run: run('firstPage') },
      { keys: ['End'], label: 'keys.lastPage', run: run('lastPage') },
      { keys: ['n'], label: 'keys.nextZone', run: run('nextZone') },
      { keys: ['p'], label: 'keys.previousZone', run: run('previousZone') },
      { keys: ['+', '='], label: 'keys.zoomIn', run: run('zoomIn') },
      { keys: ['-'], label: 'keys.zoomOut', run: run('zoomOut') },
      { keys: ['0'], label: 'keys.fitWidth', run: run('fitWidth') },
      { keys: ['9'], label: 'keys.fitPage', run: run('fitPage') },
      { keys: ['z'], label: 'keys.toggleZones', run: run('toggleZones') },
      { keys: ['t'], label: 'keys.toggleText', run: run('toggleText') },
      { keys: ['i'], label: 'keys.toggleInfo', run: run('toggleInfo') },
      { keys: ['f'], label: 'keys.find', run: run('find') },
      { keys: ['g'], label: 'keys.nextHit', run: run('nextHit') },
      { keys: ['G'], label: 'keys.previousHit', run: run('previousHit') },
      { keys: ['Escape'], label: 'keys.back', run: run('back') },
    ];
  }, []);
  useKeymap('viewer', bindings);
}
